/** Child processes: started with a log each, watched, and stopped even when the platform itself is killed. */
@CheckReturnValue
package io.lasttable.local.process;

import com.google.errorprone.annotations.CheckReturnValue;
