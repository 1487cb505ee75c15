@CheckReturnValue
package io.lasttable.booking.contract;

import com.google.errorprone.annotations.CheckReturnValue;
