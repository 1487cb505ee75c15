/** Strict reading of request bodies, with a JSON pointer for each mistake. */
@CheckReturnValue
package io.lasttable.booking.json;

import com.google.errorprone.annotations.CheckReturnValue;
