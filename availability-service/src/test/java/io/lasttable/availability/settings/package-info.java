/** Tests. */
@CheckReturnValue
package io.lasttable.availability.settings;

import com.google.errorprone.annotations.CheckReturnValue;
