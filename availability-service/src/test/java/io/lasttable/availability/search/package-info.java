@CheckReturnValue
package io.lasttable.availability.search;

import com.google.errorprone.annotations.CheckReturnValue;
