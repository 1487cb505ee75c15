@CheckReturnValue
package io.lasttable.availability.calendar;

import com.google.errorprone.annotations.CheckReturnValue;
