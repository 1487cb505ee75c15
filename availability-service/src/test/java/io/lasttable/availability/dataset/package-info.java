/** A generated world of venues, the same for the same seed: for benchmarks and, as a test-jar, for local. */
@CheckReturnValue
package io.lasttable.availability.dataset;

import com.google.errorprone.annotations.CheckReturnValue;
