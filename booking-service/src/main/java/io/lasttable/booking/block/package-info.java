/** Blocks (stop-sell) over REST: parts of the house that take no new bookings for a while. */
@CheckReturnValue
package io.lasttable.booking.block;

import com.google.errorprone.annotations.CheckReturnValue;
