@CheckReturnValue
package io.lasttable.booking;

import com.google.errorprone.annotations.CheckReturnValue;
