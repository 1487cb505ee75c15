/** The newest state of each watched day and who still needs it: pure, on one thread, without I/O. */
@CheckReturnValue
package io.lasttable.notify.day;

import com.google.errorprone.annotations.CheckReturnValue;
