@CheckReturnValue
package io.lasttable.availability.database;

import com.google.errorprone.annotations.CheckReturnValue;
