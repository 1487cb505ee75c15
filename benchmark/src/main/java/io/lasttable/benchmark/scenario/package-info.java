/** One scenario a file. */
@CheckReturnValue
package io.lasttable.benchmark.scenario;

import com.google.errorprone.annotations.CheckReturnValue;
