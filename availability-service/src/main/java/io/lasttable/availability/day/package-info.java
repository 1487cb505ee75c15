/** One venue on one service date: what is free, as of which version, for which party. */
@CheckReturnValue
package io.lasttable.availability.day;

import com.google.errorprone.annotations.CheckReturnValue;
