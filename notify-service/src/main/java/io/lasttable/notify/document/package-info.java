/** The documents of booking-service's contract, the same from Kafka and over HTTP, and what is read of them. */
@CheckReturnValue
package io.lasttable.notify.document;

import com.google.errorprone.annotations.CheckReturnValue;
