@CheckReturnValue
package io.lasttable.booking.changes;

import com.google.errorprone.annotations.CheckReturnValue;
