/** The transactional outbox and the relay that brings it to Kafka in commit order. */
@CheckReturnValue
package io.lasttable.booking.outbox;

import com.google.errorprone.annotations.CheckReturnValue;
