@CheckReturnValue
package io.lasttable.availability.access;

import com.google.errorprone.annotations.CheckReturnValue;
