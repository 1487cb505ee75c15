/** Tests of the judge. */
@CheckReturnValue
package io.lasttable.benchmark.history;

import com.google.errorprone.annotations.CheckReturnValue;
