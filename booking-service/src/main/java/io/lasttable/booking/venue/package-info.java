/** Venues: floor plan, service periods, booking window; their REST resource and store. */
@CheckReturnValue
package io.lasttable.booking.venue;

import com.google.errorprone.annotations.CheckReturnValue;
