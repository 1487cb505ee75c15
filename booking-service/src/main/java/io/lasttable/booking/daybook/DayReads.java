package io.lasttable.booking.daybook;

import io.lasttable.booking.day.Command;
import io.lasttable.booking.day.Day;
import io.lasttable.booking.day.DayKey;
import io.lasttable.booking.day.DayPlan;
import io.lasttable.booking.day.Guest;
import io.lasttable.booking.day.Receipt;
import io.lasttable.booking.day.WaitlistEntry;
import io.lasttable.booking.daybook.ReservationTable.Reach;
import io.lasttable.booking.venue.VenueId;
import io.lasttable.booking.venue.VenueTable;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.UUID;

/** Reads days of one venue, with or without their locks; all statements leave in one go. */
final class DayReads {

    private static final Uni<Set<LocalDate>> NO_ECHOES = Uni.createFrom().item(Set.of());

    private final DayPlans plans;
    private final Receipts receipts;

    DayReads(DayPlans plans, Receipts receipts) {
        this.plans = plans;
        this.receipts = receipts;
    }

    /** @param everywhere whether to look for stays as far away as any can be, whatever the plan says */
    Uni<LoadedDays> locked(
            SqlConnection connection,
            DayTransaction transaction,
            SortedSet<DayKey> keys,
            Collection<Asked> asked,
            boolean everywhere) {
        Wanted wanted = wanted(keys, asked, everywhere);
        return Uni.combine()
                .all()
                .unis(
                        transaction.begin(),
                        DayTable.lock(connection, wanted.venue(), wanted.dates()),
                        rest(connection, wanted))
                .with((begun, found, read) -> loaded(wanted, wanted.dates(), found, Set.of(), read));
    }

    /** Only a day that nobody else has locked, with the notes that its neighbours have left. */
    Uni<LoadedDays> passing(SqlConnection connection, DayTransaction transaction, DayKey key) {
        Wanted wanted = wanted(DayKey.only(key), List.of(), false);
        return Uni.combine()
                .all()
                .unis(
                        transaction.begin(),
                        DayTable.lockUnlocked(connection, wanted.venue(), wanted.dates()),
                        DayEchoTable.take(connection, key.venueId(), key.date()),
                        rest(connection, wanted))
                .with((begun, found, echoes, read) ->
                        loaded(wanted, List.copyOf(found.versions().keySet()), found, echoes, read));
    }

    /** The committed days at one instant. */
    Uni<LoadedDays> look(
            SqlConnection connection, DayTransaction transaction, SortedSet<DayKey> keys, Collection<Asked> asked) {
        Wanted wanted = wanted(keys, asked, false);
        return Uni.combine()
                .all()
                .unis(
                        transaction.beginLook(),
                        DayTable.look(connection, wanted.venue(), wanted.dates()),
                        rest(connection, wanted),
                        transaction.end())
                .with((begun, found, read, ended) -> loaded(wanted, wanted.dates(), found, Set.of(), read));
    }

    /** What is read behind the lock. */
    private record Read(
            VenueTable.Newest venue,
            ReservationTable.Loaded reservations,
            List<WaitlistEntry> line,
            Map<String, Receipt.Stored> receipts,
            Map<UUID, Guest> guests) {}

    private Uni<Read> rest(SqlClient client, Wanted wanted) {
        return Uni.combine()
                .all()
                .unis(
                        VenueTable.newest(client, wanted.venue(), wanted.venueVersion()),
                        ReservationTable.load(client, wanted.venue(), wanted.reaches(), wanted.named()),
                        WaitlistTable.load(client, wanted.venue(), wanted.dates(), wanted.named()),
                        wanted.receipts().isEmpty()
                                ? Uni.createFrom().item(Map.<String, Receipt.Stored>of())
                                : receipts.find(client, wanted.receipts()),
                        wanted.guests()
                                ? ReservationTable.guests(client, wanted.venue(), wanted.dates())
                                : Uni.createFrom().item(Map.<UUID, Guest>of()))
                .with(Read::new);
    }

    /**
     * What is asked for. How far neighbours' stays reach into a day is a matter of its plan, and the venue's newest version
     * is only known with the answer: the reach is that of the version known here, and an answer of another one is not used.
     *
     * @param venueVersion that the reaches are planned by; 0 when none is known here, and then they are as wide as can be
     * @param named reservations and waitlist entries that commands name
     * @param guests whether it matters who else comes
     */
    private record Wanted(
            VenueId venue,
            List<LocalDate> dates,
            long venueVersion,
            List<Reach> reaches,
            List<UUID> named,
            List<Receipt> receipts,
            boolean guests) {}

    private Wanted wanted(SortedSet<DayKey> keys, Collection<Asked> asked, boolean everywhere) {
        VenueId venue = keys.first().venueId();
        long version = plans.newestVersion(venue);
        boolean older = asked.stream().anyMatch(DayReads::takesTablesOfBefore);
        List<Reach> reaches = new ArrayList<>();
        for (DayKey key : keys) {
            Optional<DayPlan> plan = everywhere ? Optional.empty() : plans.plan(venue, version, key.date());
            reaches.addAll(reaches(key.date(), plan, older));
        }
        return new Wanted(
                venue,
                keys.stream().map(DayKey::date).toList(),
                version,
                reaches,
                asked.stream().flatMap(each -> each.command().names().stream()).toList(),
                asked.stream().flatMap(each -> each.receipt().stream()).toList(),
                !asked.isEmpty() && plans.minds(venue));
    }

    /**
     * All of the date's own stays; of its neighbours', those that its plan, when there is one, lets reach into it.
     *
     * @param older whether a stay may be one that an earlier schedule has made longer
     */
    private static List<Reach> reaches(LocalDate date, Optional<DayPlan> plan, boolean older) {
        Instant always = date.minusDays(2).atStartOfDay().toInstant(ZoneOffset.UTC);
        Instant since = plan.filter(known -> !older).map(DayPlan::from).orElse(always);
        int before = plan.map(DayPlan::reach).orElse(DayPlan.FARTHEST);
        int after = plan.map(known -> older ? Math.max(1, known.datesMet()) : known.datesMet())
                .orElse(DayPlan.FARTHEST);
        List<Reach> reaches = new ArrayList<>();
        for (int days = 1; days <= before; days++) {
            reaches.add(new Reach(date, date.minusDays(days), since));
        }
        reaches.add(new Reach(date, date, always));
        for (int days = 1; days <= after; days++) {
            reaches.add(new Reach(date, date.plusDays(days), always));
        }
        return reaches;
    }

    /**
     * The turn of a hold that is confirmed, or of a reservation that is changed or restored, was promised by the schedule of its
     * time, which may have been a longer one; staff may give a longer one still.
     */
    private static boolean takesTablesOfBefore(Asked asked) {
        Command command = asked.command();
        return command instanceof Command.Confirm
                || command instanceof Command.Accept
                || command instanceof Command.Amend
                || command instanceof Command.Restore
                || command instanceof Command.Book book && book.wish().endsAt().isPresent();
    }

    private LoadedDays loaded(
            Wanted wanted, List<LocalDate> dates, DayTable.Found found, Set<LocalDate> echoes, Read read) {
        SortedMap<LocalDate, Day> days = new TreeMap<>();
        for (LocalDate date : dates) {
            DayPlan plan = plans.plan(wanted.venue(), read.venue(), date);
            List<WaitlistEntry> line = read.line().stream()
                    .filter(entry -> entry.wish().date().equals(date))
                    .toList();
            ReservationTable.Loaded stays = read.reservations();
            long version = found.versions().getOrDefault(date, 0L);
            days.put(
                    date,
                    Day.load(version, plan, stays.of(date), stays.whole(), line)
                            .closedBy(found.blocks())
                            .knowing(read.guests()));
        }
        if (wanted.venueVersion() != 0 && wanted.venueVersion() != read.venue().version()) {
            throw new DayPlans.Outdated();
        }
        return new LoadedDays(
                days, found.versions().keySet(), read.receipts(), found.transactionId(), echoes, found.closing());
    }
}
