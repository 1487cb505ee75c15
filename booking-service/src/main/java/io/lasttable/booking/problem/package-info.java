/** RFC 9457 problem documents: every error that a caller can meet, in one table. */
@CheckReturnValue
package io.lasttable.booking.problem;

import com.google.errorprone.annotations.CheckReturnValue;
