/** Tests. */
@CheckReturnValue
package io.lasttable.local.balancer;

import com.google.errorprone.annotations.CheckReturnValue;
