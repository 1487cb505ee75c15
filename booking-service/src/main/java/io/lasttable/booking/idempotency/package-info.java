/** Idempotency-Key: a request that is sent again is answered as the first time, and done once. */
@CheckReturnValue
package io.lasttable.booking.idempotency;

import com.google.errorprone.annotations.CheckReturnValue;
