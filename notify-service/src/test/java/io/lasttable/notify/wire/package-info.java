@CheckReturnValue
package io.lasttable.notify.wire;

import com.google.errorprone.annotations.CheckReturnValue;
