/** Who may ask and how much: request rate per address, pages of other origins. */
@CheckReturnValue
package io.lasttable.availability.access;

import com.google.errorprone.annotations.CheckReturnValue;
