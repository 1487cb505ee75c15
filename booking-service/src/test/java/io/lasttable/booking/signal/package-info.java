@CheckReturnValue
package io.lasttable.booking.signal;

import com.google.errorprone.annotations.CheckReturnValue;
