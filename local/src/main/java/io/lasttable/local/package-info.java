/** The whole platform on one machine. */
@CheckReturnValue
package io.lasttable.local;

import com.google.errorprone.annotations.CheckReturnValue;
