/** Tests of the benchmark's load. */
@CheckReturnValue
package io.lasttable.local.bench.load;

import com.google.errorprone.annotations.CheckReturnValue;
