/** What HTTP wants of every answer: entity tags, the request's id, its documents. */
@CheckReturnValue
package io.lasttable.booking.http;

import com.google.errorprone.annotations.CheckReturnValue;
