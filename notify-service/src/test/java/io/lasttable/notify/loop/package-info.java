@CheckReturnValue
package io.lasttable.notify.loop;

import com.google.errorprone.annotations.CheckReturnValue;
