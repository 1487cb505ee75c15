/** The waitlist over REST: who joins, what they are offered, and how they take or leave it. The line itself is the day's. */
@CheckReturnValue
package io.lasttable.booking.waitlist;

import com.google.errorprone.annotations.CheckReturnValue;
