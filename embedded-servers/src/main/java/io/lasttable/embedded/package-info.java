/** Real servers in this JVM or beside it, on loopback: PostgreSQL and Kafka, for tests and for {@code local}. */
@CheckReturnValue
package io.lasttable.embedded;

import com.google.errorprone.annotations.CheckReturnValue;
