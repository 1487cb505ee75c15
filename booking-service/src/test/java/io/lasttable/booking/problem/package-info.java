@CheckReturnValue
package io.lasttable.booking.problem;

import com.google.errorprone.annotations.CheckReturnValue;
