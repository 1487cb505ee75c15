/** How old an answer may be, and how a response says so. */
@CheckReturnValue
package io.lasttable.availability.freshness;

import com.google.errorprone.annotations.CheckReturnValue;
