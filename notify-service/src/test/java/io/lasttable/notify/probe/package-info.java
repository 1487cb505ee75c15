/** Load from outside on the built service, for whoever works on the fan-out; not a test. */
@CheckReturnValue
package io.lasttable.notify.probe;

import com.google.errorprone.annotations.CheckReturnValue;
