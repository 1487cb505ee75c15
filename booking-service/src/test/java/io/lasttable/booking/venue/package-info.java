@CheckReturnValue
package io.lasttable.booking.venue;

import com.google.errorprone.annotations.CheckReturnValue;
