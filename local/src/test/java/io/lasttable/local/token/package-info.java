/** Tests. */
@CheckReturnValue
package io.lasttable.local.token;

import com.google.errorprone.annotations.CheckReturnValue;
