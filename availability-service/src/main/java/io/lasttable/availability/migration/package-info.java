/** The tables, brought to this release before anything reads or writes them. */
@CheckReturnValue
package io.lasttable.availability.migration;

import com.google.errorprone.annotations.CheckReturnValue;
