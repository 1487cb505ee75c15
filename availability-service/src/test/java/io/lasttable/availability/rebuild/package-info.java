@CheckReturnValue
package io.lasttable.availability.rebuild;

import com.google.errorprone.annotations.CheckReturnValue;
