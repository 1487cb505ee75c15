/** How transactions begin and how writes are sent, whichever room they belong to. */
@CheckReturnValue
package io.lasttable.booking.database;

import com.google.errorprone.annotations.CheckReturnValue;
