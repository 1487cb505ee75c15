@CheckReturnValue
package io.lasttable.notify.client;

import com.google.errorprone.annotations.CheckReturnValue;
