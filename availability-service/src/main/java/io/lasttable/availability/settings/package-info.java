/** The configuration of the service, typed and documented in one interface. */
@CheckReturnValue
package io.lasttable.availability.settings;

import com.google.errorprone.annotations.CheckReturnValue;
