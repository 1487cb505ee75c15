/** The one-shot mode: migrate the database, create or check the topics. */
@CheckReturnValue
package io.lasttable.booking.provision;

import com.google.errorprone.annotations.CheckReturnValue;
