/** Which connections there are, on which event loop, and what each loop follows; who may come in. */
@CheckReturnValue
package io.lasttable.notify.hub;

import com.google.errorprone.annotations.CheckReturnValue;
