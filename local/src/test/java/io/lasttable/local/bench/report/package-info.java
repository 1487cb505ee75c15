/** Tests of the benchmark's report. */
@CheckReturnValue
package io.lasttable.local.bench.report;

import com.google.errorprone.annotations.CheckReturnValue;
