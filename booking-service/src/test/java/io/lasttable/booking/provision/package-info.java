@CheckReturnValue
package io.lasttable.booking.provision;

import com.google.errorprone.annotations.CheckReturnValue;
