/** The changes feed: every reservation and waitlist change of a venue, numbered, for those who do not read Kafka. */
@CheckReturnValue
package io.lasttable.booking.changes;

import com.google.errorprone.annotations.CheckReturnValue;
