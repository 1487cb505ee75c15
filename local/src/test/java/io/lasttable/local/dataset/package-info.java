/** Tests. */
@CheckReturnValue
package io.lasttable.local.dataset;

import com.google.errorprone.annotations.CheckReturnValue;
