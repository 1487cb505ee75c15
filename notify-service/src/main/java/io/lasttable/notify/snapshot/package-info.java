/** First states: a day's from availability-service, a private view's from booking-service. */
@CheckReturnValue
package io.lasttable.notify.snapshot;

import com.google.errorprone.annotations.CheckReturnValue;
