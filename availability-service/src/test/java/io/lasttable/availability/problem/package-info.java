@CheckReturnValue
package io.lasttable.availability.problem;

import com.google.errorprone.annotations.CheckReturnValue;
