@CheckReturnValue
package io.lasttable.booking.embed;

import com.google.errorprone.annotations.CheckReturnValue;
