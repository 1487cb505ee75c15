@CheckReturnValue
package io.lasttable.booking.guest;

import com.google.errorprone.annotations.CheckReturnValue;
