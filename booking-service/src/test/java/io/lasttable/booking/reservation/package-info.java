@CheckReturnValue
package io.lasttable.booking.reservation;

import com.google.errorprone.annotations.CheckReturnValue;
