/** The live socket: frames in, frames out, and the one thread on which watched days live. */
@CheckReturnValue
package io.lasttable.notify.live;

import com.google.errorprone.annotations.CheckReturnValue;
