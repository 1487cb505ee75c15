/** A connection and the way out to it: at most one frame in flight, the newest state next. Knows no framework. */
@CheckReturnValue
package io.lasttable.notify.delivery;

import com.google.errorprone.annotations.CheckReturnValue;
