/**
 * Webhooks: the changes feed, brought to whoever asked for it by HTTP, signed as Standard Webhooks has it. Things that people look at
 * and change ({@link io.lasttable.booking.webhook.Webhook} and what hangs on it) are entities; what the delivery does many
 * times a second are statements of its own ({@link io.lasttable.booking.webhook.DeliveryTable}). All of it on a small pool of its own.
 */
@CheckReturnValue
package io.lasttable.booking.webhook;

import com.google.errorprone.annotations.CheckReturnValue;
