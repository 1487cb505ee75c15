@CheckReturnValue
package io.lasttable.local.rooms;

import com.google.errorprone.annotations.CheckReturnValue;
