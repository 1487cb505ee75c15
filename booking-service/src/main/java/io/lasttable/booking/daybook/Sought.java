package io.lasttable.booking.daybook;

import io.lasttable.booking.contact.Country;
import io.lasttable.booking.contact.Email;
import io.lasttable.booking.contact.SoughtPhone;
import io.lasttable.booking.venue.VenueTable;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A guest who is looked for, by an address or a number. What is stored today has one form; what was stored before that came as
 * it was written, and is found by its likely spellings.
 *
 * @param digits under which the number may be stored, and perhaps others: {@link #isMeantBy} tells
 */
public record Sought(Optional<Email> email, Optional<SoughtPhone> phone, Set<String> digits) {

    /** @param venues where to look; everywhere when absent */
    public static Uni<Sought> of(
            SqlClient client, Optional<Email> email, Optional<SoughtPhone> phone, Optional<Set<String>> venues) {
        if (phone.filter(SoughtPhone::isNational).isEmpty()) {
            return Uni.createFrom().item(of(email, phone, List.of()));
        }
        return VenueTable.zones(client, venues.map(ids -> ids.toArray(String[]::new)))
                .map(zones -> of(
                        email,
                        phone,
                        zones.stream()
                                .flatMap(zone -> Country.ofZone(zone).stream())
                                .distinct()
                                .toList()));
    }

    static Sought of(Optional<Email> email, Optional<SoughtPhone> phone, List<Country> countries) {
        return new Sought(
                email, phone, phone.map(number -> number.spellings(countries)).orElse(Set.of()));
    }

    public Set<String> addresses() {
        return email.map(Email::spellings).orElse(Set.of());
    }

    /** Whether a guest of a venue there who was found by these digits is who is looked for. */
    public boolean isMeantBy(Optional<String> storedPhone, Optional<Country> where) {
        return phone.isEmpty()
                || storedPhone
                        .filter(stored -> phone.get().isWrittenAs(stored, where))
                        .isPresent();
    }
}
