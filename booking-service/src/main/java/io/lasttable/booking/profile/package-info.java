/** What a house, or a group of houses, knows of a guest whichever of their reservations it is: tags, allergies, notes, visits. */
@CheckReturnValue
package io.lasttable.booking.profile;

import com.google.errorprone.annotations.CheckReturnValue;
