@CheckReturnValue
package io.lasttable.booking.contact;

import com.google.errorprone.annotations.CheckReturnValue;
