@CheckReturnValue
package io.lasttable.availability.freshness;

import com.google.errorprone.annotations.CheckReturnValue;
