/** Makes the tables anew from Kafka, beside the live ones, and lets them change places. */
@CheckReturnValue
package io.lasttable.availability.rebuild;

import com.google.errorprone.annotations.CheckReturnValue;
