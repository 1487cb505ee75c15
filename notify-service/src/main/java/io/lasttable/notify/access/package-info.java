/** Who may connect and who may watch what: tokens, origins, addresses. */
@CheckReturnValue
package io.lasttable.notify.access;

import com.google.errorprone.annotations.CheckReturnValue;
