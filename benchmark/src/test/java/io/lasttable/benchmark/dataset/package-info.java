/** Tests. */
@CheckReturnValue
package io.lasttable.benchmark.dataset;

import com.google.errorprone.annotations.CheckReturnValue;
