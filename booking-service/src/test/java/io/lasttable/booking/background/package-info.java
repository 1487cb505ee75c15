@CheckReturnValue
package io.lasttable.booking.background;

import com.google.errorprone.annotations.CheckReturnValue;
