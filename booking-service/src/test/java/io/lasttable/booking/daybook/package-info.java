@CheckReturnValue
package io.lasttable.booking.daybook;

import com.google.errorprone.annotations.CheckReturnValue;
