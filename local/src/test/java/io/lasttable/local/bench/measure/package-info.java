/** Tests of how the benchmark measures. */
@CheckReturnValue
package io.lasttable.local.bench.measure;

import com.google.errorprone.annotations.CheckReturnValue;
