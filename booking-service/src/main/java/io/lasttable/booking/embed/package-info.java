/** Keys that a site without a backend puts into its pages, and what its guests get for them. */
@CheckReturnValue
package io.lasttable.booking.embed;

import com.google.errorprone.annotations.CheckReturnValue;
