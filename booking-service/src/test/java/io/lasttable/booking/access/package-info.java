@CheckReturnValue
package io.lasttable.booking.access;

import com.google.errorprone.annotations.CheckReturnValue;
