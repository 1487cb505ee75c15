/** The platform under failures: guests, watchers and faults, recorded for the judge in {@code history}. */
@CheckReturnValue
package io.lasttable.benchmark.soak;

import com.google.errorprone.annotations.CheckReturnValue;
