package io.lasttable.booking.access;

import java.time.Instant;
import java.util.Optional;

/**
 * Which links to something lead nowhere any more.
 *
 * @param until those that were signed up to then, by an erasure
 * @param before those that were given for an earlier version: since this one it is another guest's
 */
public record EndedLinks(Optional<Instant> until, long before) {

    public static final EndedLinks NONE = new EndedLinks(Optional.empty(), 0);

    boolean include(ManageTokens.Managed link) {
        return link.version() < before
                || until.filter(instant -> !link.signedAt().isAfter(instant)).isPresent();
    }
}
