/** The benchmark itself, run small. */
@CheckReturnValue
package io.lasttable.local.bench;

import com.google.errorprone.annotations.CheckReturnValue;
