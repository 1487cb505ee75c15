package io.lasttable.booking.day;

import io.lasttable.booking.venue.VenueId;

/**
 * Names a request, so that it is granted once: what a granted request is answered is stored under its receipt in the
 * transaction that grants it, and the same request asked again is answered from there. Refusals store nothing.
 *
 * @param venueId the shard that it lives in
 * @param key unique within the venue; whoever hands it out puts the caller into it
 * @param fingerprint tells whether a later request with this key is the same one
 */
public record Receipt(VenueId venueId, String key, Fingerprint fingerprint) {

    /** As it is stored, with the answer that was given. */
    public record Stored(Receipt receipt, String answer) {

        /** What a request with the same key is told. */
        public Decision answer(Receipt asked) {
            return asked.fingerprint().isOf(receipt.fingerprint())
                    ? new Decision.Replayed(answer)
                    : new Refusal.KeyReused();
        }
    }
}
