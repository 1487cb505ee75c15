@CheckReturnValue
package io.lasttable.booking.day;

import com.google.errorprone.annotations.CheckReturnValue;
