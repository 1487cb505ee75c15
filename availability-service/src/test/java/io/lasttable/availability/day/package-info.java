@CheckReturnValue
package io.lasttable.availability.day;

import com.google.errorprone.annotations.CheckReturnValue;
