/** Floors and peers that run beside the platform where the machine has them. */
@CheckReturnValue
package io.lasttable.benchmark.peer;

import com.google.errorprone.annotations.CheckReturnValue;
