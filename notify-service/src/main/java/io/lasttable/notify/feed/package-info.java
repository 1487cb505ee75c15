/** Where day states come from: Kafka as they happen, availability-service for the first look. */
@CheckReturnValue
package io.lasttable.notify.feed;

import com.google.errorprone.annotations.CheckReturnValue;
