/** From Kafka to the tables that the reads use: feed, upsert, dead letters, retention. */
@CheckReturnValue
package io.lasttable.availability.projection;

import com.google.errorprone.annotations.CheckReturnValue;
