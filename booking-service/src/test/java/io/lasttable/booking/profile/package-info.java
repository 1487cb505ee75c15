/** Guests' profiles, as staff keep them. */
@CheckReturnValue
package io.lasttable.booking.profile;

import com.google.errorprone.annotations.CheckReturnValue;
