/** The surroundings of notify-service in tests: the other services, Kafka records, and clients of the socket. */
@CheckReturnValue
package io.lasttable.notify.world;

import com.google.errorprone.annotations.CheckReturnValue;
