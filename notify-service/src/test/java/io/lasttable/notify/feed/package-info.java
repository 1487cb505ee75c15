/** Tests of what comes from Kafka. */
@CheckReturnValue
package io.lasttable.notify.feed;

import com.google.errorprone.annotations.CheckReturnValue;
