/** The live socket: who may upgrade, the endpoint, and the session that does what its frames ask for. */
@CheckReturnValue
package io.lasttable.notify.socket;

import com.google.errorprone.annotations.CheckReturnValue;
