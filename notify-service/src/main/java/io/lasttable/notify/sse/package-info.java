/** The same day stream as server-sent events, for clients that cannot open a WebSocket. */
@CheckReturnValue
package io.lasttable.notify.sse;

import com.google.errorprone.annotations.CheckReturnValue;
