/** Who has tables: the venues that this service knows, as published by booking-service. */
@CheckReturnValue
package io.lasttable.availability.venue;

import com.google.errorprone.annotations.CheckReturnValue;
