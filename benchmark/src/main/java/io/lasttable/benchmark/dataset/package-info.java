/** A generated world, the same for a seed: restaurants as they spread over real cities, their floor plans, and how they fill. */
@CheckReturnValue
package io.lasttable.benchmark.dataset;

import com.google.errorprone.annotations.CheckReturnValue;
