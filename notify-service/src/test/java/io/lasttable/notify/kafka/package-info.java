/** Tests of what comes from Kafka. */
@CheckReturnValue
package io.lasttable.notify.kafka;

import com.google.errorprone.annotations.CheckReturnValue;
