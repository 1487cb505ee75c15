@CheckReturnValue
package io.lasttable.booking.outbox;

import com.google.errorprone.annotations.CheckReturnValue;
