/** The world of the tests: real servers and events as booking-service publishes them. */
@CheckReturnValue
package io.lasttable.availability.world;

import com.google.errorprone.annotations.CheckReturnValue;
