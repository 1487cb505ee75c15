/** How the event loops share out their time, so that thousands who come or go at once make nobody wait for long. */
@CheckReturnValue
package io.lasttable.notify.loop;

import com.google.errorprone.annotations.CheckReturnValue;
