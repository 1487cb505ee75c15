@CheckReturnValue
package io.lasttable.booking.block;

import com.google.errorprone.annotations.CheckReturnValue;
