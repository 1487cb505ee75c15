/** The root of notify-service; the rooms are its sub-packages. */
@CheckReturnValue
package io.lasttable.notify;

import com.google.errorprone.annotations.CheckReturnValue;
