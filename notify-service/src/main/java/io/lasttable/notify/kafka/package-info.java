/** What happens, as Kafka tells it: every record is read once, and handed on if somebody follows it. */
@CheckReturnValue
package io.lasttable.notify.kafka;

import com.google.errorprone.annotations.CheckReturnValue;
