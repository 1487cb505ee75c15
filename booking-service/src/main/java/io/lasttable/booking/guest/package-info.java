/** Guests' personal data: kept in one place, and gone from it on request. */
@CheckReturnValue
package io.lasttable.booking.guest;

import com.google.errorprone.annotations.CheckReturnValue;
