/** Tests of the chart with the real Helm engine: what it renders, what it refuses, and that it fits the services. */
@CheckReturnValue
package io.lasttable.helm;

import com.google.errorprone.annotations.CheckReturnValue;
