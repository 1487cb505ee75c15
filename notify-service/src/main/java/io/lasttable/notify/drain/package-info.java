/** Going away: readiness first, then the clients, a slice at a time. */
@CheckReturnValue
package io.lasttable.notify.drain;

import com.google.errorprone.annotations.CheckReturnValue;
