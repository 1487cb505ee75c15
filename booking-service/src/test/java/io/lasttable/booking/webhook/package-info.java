@CheckReturnValue
package io.lasttable.booking.webhook;

import com.google.errorprone.annotations.CheckReturnValue;
