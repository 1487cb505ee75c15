package io.lasttable.booking.outbox;

import java.util.Set;

/** Fired on the relay's thread: the changes feed of these venues has grown by the hand of this process. */
public record FeedGrown(Set<String> venues) {}
