@CheckReturnValue
package io.lasttable.notify.day;

import com.google.errorprone.annotations.CheckReturnValue;
