@CheckReturnValue
package io.lasttable.availability.venue;

import com.google.errorprone.annotations.CheckReturnValue;
