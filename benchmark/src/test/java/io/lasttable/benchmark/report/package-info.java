/** Tests of the benchmark's report. */
@CheckReturnValue
package io.lasttable.benchmark.report;

import com.google.errorprone.annotations.CheckReturnValue;
