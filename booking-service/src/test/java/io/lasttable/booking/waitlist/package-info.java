@CheckReturnValue
package io.lasttable.booking.waitlist;

import com.google.errorprone.annotations.CheckReturnValue;
