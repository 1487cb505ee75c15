package io.lasttable.booking.day;

import io.lasttable.booking.venue.VenueId;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a request leaves behind in the transaction that grants it, so that the same request asked again is answered from it
 * instead of being done twice. Refusals leave none.
 *
 * <p>Before it decides, and behind the day's lock, the daybook looks for receipts with the requests' keys
 *; a request whose key is known is answered {@link Decision.Replayed} (same fingerprint) or
 * {@link Decision.KeyReused}. The receipts of granted requests are written with their rows.
 *
 * @param venueId the shard that it lives in
 * @param key unique within the venue; whoever hands it out puts the caller into it
 * @param fingerprint tells whether a later request with this key is the same one
 * @param content what to keep of a granted decision
 */
public record Receipt(
        VenueId venueId, String key, String fingerprint, Function<Decision.Granted, Optional<String>> content) {

    /** A receipt as it is stored. */
    public record Kept(VenueId venueId, String key, String fingerprint, String content) {}

    /** What this request is told when the key was used before. */
    public Decision answer(Kept kept) {
        return kept.fingerprint().equals(fingerprint)
                ? new Decision.Replayed(kept.content())
                : new Decision.KeyReused();
    }

    public Optional<Kept> keep(Decision.Granted decision) {
        return content.apply(decision).map(text -> new Kept(venueId, key, fingerprint, text));
    }
}
