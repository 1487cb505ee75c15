/** The root of availability-service; the rooms are its sub-packages. */
@CheckReturnValue
package io.lasttable.availability;

import com.google.errorprone.annotations.CheckReturnValue;
