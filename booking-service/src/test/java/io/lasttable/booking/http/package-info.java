@CheckReturnValue
package io.lasttable.booking.http;

import com.google.errorprone.annotations.CheckReturnValue;
