/** The benchmark: each scenario beside its floor, taken in the same run. */
@CheckReturnValue
package io.lasttable.benchmark;

import com.google.errorprone.annotations.CheckReturnValue;
