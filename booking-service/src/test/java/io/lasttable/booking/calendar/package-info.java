/** Calendars by secret addresses, as programs read them. */
@CheckReturnValue
package io.lasttable.booking.calendar;

import com.google.errorprone.annotations.CheckReturnValue;
