/** Secret addresses at which calendar programs, which have no account, read a venue's reservations. */
@CheckReturnValue
package io.lasttable.booking.calendar;

import com.google.errorprone.annotations.CheckReturnValue;
