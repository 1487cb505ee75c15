/** What a caller did wrong, and how it is said: RFC 9457 problem documents, in one place. */
@CheckReturnValue
package io.lasttable.availability.problem;

import com.google.errorprone.annotations.CheckReturnValue;
