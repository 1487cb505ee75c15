/** What everybody must be refused, of every operation that the OpenAPI document has. */
@CheckReturnValue
package io.lasttable.booking.security;

import com.google.errorprone.annotations.CheckReturnValue;
