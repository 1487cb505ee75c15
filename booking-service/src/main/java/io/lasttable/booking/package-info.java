/** The root of booking-service; the rooms are its sub-packages. */
@CheckReturnValue
package io.lasttable.booking;

import com.google.errorprone.annotations.CheckReturnValue;
