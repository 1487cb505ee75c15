/** Who may do what: scopes and venues of a bearer token, and watch tokens. */
@CheckReturnValue
package io.lasttable.booking.access;

import com.google.errorprone.annotations.CheckReturnValue;
