package io.lasttable.booking.webhook;

import java.time.Instant;
import java.util.UUID;

/**
 * What a receiver is told.
 *
 * @param id the same each time that it is told
 * @param venueId empty when it is about the webhook itself
 * @param seq its cursor in the venue's changes feed
 * @param payload JSON, without personal data
 */
record Event(UUID id, String type, String subject, String venueId, long seq, Instant time, String payload) {}
