/** The benchmark itself, run small. */
@CheckReturnValue
package io.lasttable.benchmark;

import com.google.errorprone.annotations.CheckReturnValue;
