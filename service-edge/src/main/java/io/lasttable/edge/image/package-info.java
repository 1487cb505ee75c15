/** What a native executable is built with. Nothing in here runs on a JVM, nor in the executable. */
@CheckReturnValue
package io.lasttable.edge.image;

import com.google.errorprone.annotations.CheckReturnValue;
