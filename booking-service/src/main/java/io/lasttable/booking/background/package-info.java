/** What goes on beside what callers ask for. */
@CheckReturnValue
package io.lasttable.booking.background;

import com.google.errorprone.annotations.CheckReturnValue;
