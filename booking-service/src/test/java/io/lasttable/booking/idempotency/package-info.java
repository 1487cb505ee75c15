@CheckReturnValue
package io.lasttable.booking.idempotency;

import com.google.errorprone.annotations.CheckReturnValue;
