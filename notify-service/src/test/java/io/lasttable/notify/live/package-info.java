@CheckReturnValue
package io.lasttable.notify.live;

import com.google.errorprone.annotations.CheckReturnValue;
