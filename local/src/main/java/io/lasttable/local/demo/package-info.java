/** Venues to look at, created over the REST API like anyone would. */
@CheckReturnValue
package io.lasttable.local.demo;

import com.google.errorprone.annotations.CheckReturnValue;
