package io.lasttable.booking.daybook;

import io.lasttable.booking.access.EndedLinks;
import io.lasttable.booking.contact.Country;
import io.lasttable.booking.database.Transactions;
import io.lasttable.booking.day.Reservation;
import io.lasttable.booking.day.WaitlistEntry;
import io.lasttable.booking.day.WaitlistStatus;
import io.lasttable.booking.problem.Problem;
import io.lasttable.booking.venue.VenueId;
import io.lasttable.booking.venue.VenueTable;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;

/** Finds what the {@link DayBook} has written: reservations and those who wait, one or many, as they were committed last. */
@ApplicationScoped
public class Ledger {

    private final Pool database;
    private final DayPlans plans;

    Ledger(Pool database, DayPlans plans) {
        this.database = database;
        this.plans = plans;
    }

    public Uni<Optional<Reservation>> reservation(UUID id) {
        return ReservationTable.find(database, id);
    }

    /** What has become of a reservation behind one of its versions, up to a limit. */
    public Uni<List<HistoryEntry>> history(Reservation of, long after, int limit) {
        return Transactions.read(
                database, connection -> HistoryTable.find(connection, of.venueId(), of.id(), after, limit));
    }

    /** Which of the links that guests had to a reservation were ended. */
    public Uni<EndedLinks> endedLinks(Reservation to) {
        return ReservationTable.endedLinks(database, to.venueId(), to.id());
    }

    /** Which of the links that guests had to a waitlist entry were ended. */
    public Uni<EndedLinks> endedLinks(WaitlistEntry to) {
        return WaitlistTable.endedLinks(database, to.venueId(), to.id());
    }

    public Uni<Optional<WaitlistEntry>> entry(UUID id) {
        return WaitlistTable.find(database, id);
    }

    /**
     * The country in which telephone numbers in a body for this venue are dialled, that of its time zone. Nobody is asked when
     * there is no number in it, nor of a venue that this replica has seen.
     */
    public Uni<Optional<Country>> countryOfNumbers(VenueId venue, String body) {
        if (body == null || !body.contains("\"phone\"")) {
            return Uni.createFrom().item(Optional.empty());
        }
        return plans.lastSeen(venue)
                .map(Uni.createFrom()::item)
                .orElseGet(() -> VenueTable.newest(database, venue, 0).map(read -> plans.learnt(venue, read)))
                .map(seen -> Country.ofZone(seen.timeZone().getId()))
                .onFailure(Problem.class)
                .recoverWithItem(Optional.empty());
    }

    /** A page of what is looked for. */
    public Uni<List<Found>> find(ReservationSearch search) {
        return Transactions.read(database, connection -> ReservationSearches.find(connection, search));
    }

    /** The place of an entry among those of its day who wait, from 1; empty of one that does not. */
    public Uni<OptionalInt> position(WaitlistEntry entry) {
        return entry.status() == WaitlistStatus.WAITING
                ? WaitlistTable.position(database, entry)
                : Uni.createFrom().item(OptionalInt.empty());
    }

    /** A page of a venue's waitlist. */
    public Uni<WaitlistPage> line(WaitlistPage.Search search) {
        return Transactions.read(database, connection -> WaitlistTable.page(connection, search));
    }

    /** Which of these reservations of a venue there are. */
    public Uni<Set<UUID>> known(VenueId venue, Collection<UUID> ids) {
        return ReservationTable.known(database, venue, ids);
    }

    /** The reservations of a venue that callers call so, by external id. */
    public Uni<Map<String, UUID>> byExternalIds(VenueId venue, Collection<String> externalIds) {
        return externalIds.isEmpty()
                ? Uni.createFrom().item(Map.of())
                : ReservationTable.byExternalIds(database, venue, externalIds);
    }
}
