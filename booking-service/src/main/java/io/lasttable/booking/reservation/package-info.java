/** Reservations over REST: what callers send, what they get, and why not. */
@CheckReturnValue
package io.lasttable.booking.reservation;

import com.google.errorprone.annotations.CheckReturnValue;
