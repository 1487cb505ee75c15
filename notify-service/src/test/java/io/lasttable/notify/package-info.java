@CheckReturnValue
package io.lasttable.notify;

import com.google.errorprone.annotations.CheckReturnValue;
