package io.lasttable.booking.day;

import java.time.Instant;

/** What a reservation was before it was last seated, finished, missed or cancelled: what a restore gives back. */
public record Former(Status status, Instant endsAt) {}
