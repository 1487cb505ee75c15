/** News between replicas by PostgreSQL's LISTEN and NOTIFY: a hint that saves waiting, never the only way to learn. */
@CheckReturnValue
package io.lasttable.booking.signal;

import com.google.errorprone.annotations.CheckReturnValue;
