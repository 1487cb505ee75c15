@CheckReturnValue
package io.lasttable.notify.hub;

import com.google.errorprone.annotations.CheckReturnValue;
