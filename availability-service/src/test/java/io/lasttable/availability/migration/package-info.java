@CheckReturnValue
package io.lasttable.availability.migration;

import com.google.errorprone.annotations.CheckReturnValue;
