/** System tests: the started platform, seen from outside. */
@CheckReturnValue
package io.lasttable.local;

import com.google.errorprone.annotations.CheckReturnValue;
