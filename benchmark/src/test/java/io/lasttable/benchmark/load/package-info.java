/** Tests of the benchmark's load. */
@CheckReturnValue
package io.lasttable.benchmark.load;

import com.google.errorprone.annotations.CheckReturnValue;
