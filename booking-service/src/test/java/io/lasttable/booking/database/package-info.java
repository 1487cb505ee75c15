@CheckReturnValue
package io.lasttable.booking.database;

import com.google.errorprone.annotations.CheckReturnValue;
