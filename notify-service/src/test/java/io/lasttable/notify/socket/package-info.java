@CheckReturnValue
package io.lasttable.notify.socket;

import com.google.errorprone.annotations.CheckReturnValue;
