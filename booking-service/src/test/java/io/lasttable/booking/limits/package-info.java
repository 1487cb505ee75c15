@CheckReturnValue
package io.lasttable.booking.limits;

import com.google.errorprone.annotations.CheckReturnValue;
