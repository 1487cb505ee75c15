/** How many requests one address may send. */
@CheckReturnValue
package io.lasttable.availability.limits;

import com.google.errorprone.annotations.CheckReturnValue;
