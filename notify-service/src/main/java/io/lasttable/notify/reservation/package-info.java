/** Private views: one reservation or waitlist entry for a guest, all changes of a venue for its staff. Knows no framework. */
@CheckReturnValue
package io.lasttable.notify.reservation;

import com.google.errorprone.annotations.CheckReturnValue;
