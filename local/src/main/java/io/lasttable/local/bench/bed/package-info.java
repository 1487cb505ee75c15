/** What scenarios are made of: the platform under test, venues, requests, outcomes. */
@CheckReturnValue
package io.lasttable.local.bench.bed;

import com.google.errorprone.annotations.CheckReturnValue;
