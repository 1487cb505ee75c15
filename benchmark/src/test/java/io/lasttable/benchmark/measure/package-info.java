/** Tests of how the benchmark measures. */
@CheckReturnValue
package io.lasttable.benchmark.measure;

import com.google.errorprone.annotations.CheckReturnValue;
