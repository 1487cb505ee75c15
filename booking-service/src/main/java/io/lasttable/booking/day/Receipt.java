package io.lasttable.booking.day;

import io.lasttable.booking.venue.VenueId;
import java.util.List;

/**
 * Names a request, so that it is granted once: what a granted request is answered is stored under its receipt in the
 * transaction that grants it, and the same request asked again is answered from there. Refusals store nothing.
 *
 * @param venueId the shard that it lives in
 * @param names stored under the first; sought under the others too, which those give it who hand out names another way just now
 */
public record Receipt(VenueId venueId, List<Name> names) {

    /**
     * @param key unique within the venue; whoever hands it out puts the caller into it
     * @param fingerprint tells whether a later request with this key is the same one
     */
    public record Name(String key, String fingerprint) {}

    public Name name() {
        return names.get(0);
    }

    public String key() {
        return name().key();
    }

    /** The answer that was given, and the name that it is stored under. */
    public record Stored(Name name, String answer) {

        /** What a request with the same key is told. */
        public Decision answer(Receipt asked) {
            return asked.names().contains(name) ? new Decision.Replayed(answer) : new Refusal.KeyReused();
        }
    }
}
