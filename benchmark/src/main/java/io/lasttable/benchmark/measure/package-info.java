/** What the operating system and the JDK's tools say of a running process. */
@CheckReturnValue
package io.lasttable.benchmark.measure;

import com.google.errorprone.annotations.CheckReturnValue;
