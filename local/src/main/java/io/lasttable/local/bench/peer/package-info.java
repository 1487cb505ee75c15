/** Floors and peers that run beside the platform where the machine has them. */
@CheckReturnValue
package io.lasttable.local.bench.peer;

import com.google.errorprone.annotations.CheckReturnValue;
