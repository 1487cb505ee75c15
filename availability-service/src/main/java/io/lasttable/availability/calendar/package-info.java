/** What is free at one venue over many days. */
@CheckReturnValue
package io.lasttable.availability.calendar;

import com.google.errorprone.annotations.CheckReturnValue;
