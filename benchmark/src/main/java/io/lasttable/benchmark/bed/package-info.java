/** What scenarios are made of: the platform under test, venues, requests, outcomes. */
@CheckReturnValue
package io.lasttable.benchmark.bed;

import com.google.errorprone.annotations.CheckReturnValue;
