@CheckReturnValue
package io.lasttable.availability.projection;

import com.google.errorprone.annotations.CheckReturnValue;
