/** How people are reached: addresses and telephone numbers, each in one form however it is written. Pure. */
@CheckReturnValue
package io.lasttable.booking.contact;

import com.google.errorprone.annotations.CheckReturnValue;
