/** One scenario a file. */
@CheckReturnValue
package io.lasttable.local.bench.scenario;

import com.google.errorprone.annotations.CheckReturnValue;
