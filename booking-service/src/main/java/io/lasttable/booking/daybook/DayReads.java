package io.lasttable.booking.daybook;

import io.lasttable.booking.database.Parted;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Reads days, with or without their locks, for one group or many at once; all statements leave in one go. */
final class DayReads {

    private final DayPlans plans;
    private final Receipts receipts;

    DayReads(DayPlans plans, Receipts receipts) {
        this.plans = plans;
        this.receipts = receipts;
    }

    /** @param everywhere whether to look for stays as far away as any can be, whatever the plan says */
    Uni<LoadedDays> locked(SqlConnection connection, DayTransaction transaction, Group group, boolean everywhere) {
        Wanted wanted = wanted(group, everywhere);
        List<Wanted> all = List.of(wanted);
        return Uni.combine()
                .all()
                .unis(transaction.begin(), DayTable.lock(connection, days(all)), rest(connection, all))
                .with((begun, found, read) -> loaded(wanted, wanted.dates(), found(found, 0), Set.of(), read.of(0)));
    }

    /** In the order of the groups; empty for one whose day somebody else has locked, or that has to be read in another way. */
    Uni<List<Optional<LoadedDays>>> unlocked(SqlConnection connection, DayTransaction transaction, List<Group> groups) {
        List<Wanted> all = groups.stream().map(group -> wanted(group, false)).toList();
        return Uni.combine()
                .all()
                .unis(transaction.beginShared(), DayTable.lockUnlocked(connection, days(all)), rest(connection, all))
                .with((begun, found, read) -> IntStream.range(0, all.size())
                        .mapToObj(part -> ready(all.get(part), found(found, part), read.of(part)))
                        .toList());
    }

    /** Only a day that nobody else has locked, with the notes that its neighbours have left. */
    Uni<LoadedDays> passing(SqlConnection connection, DayTransaction transaction, DayKey key) {
        Wanted wanted = wanted(new Group(DayKey.only(key), List.of()), false);
        List<Wanted> all = List.of(wanted);
        return Uni.combine()
                .all()
                .unis(
                        transaction.begin(),
                        DayTable.lockUnlocked(connection, days(all)),
                        DayEchoTable.take(connection, key.venueId(), key.date()),
                        rest(connection, all))
                .with((begun, found, echoes, read) -> {
                    DayTable.Found day = found(found, 0);
                    return loaded(wanted, List.copyOf(day.versions().keySet()), day, echoes, read.of(0));
                });
    }

    /** The committed days at one instant. */
    Uni<LoadedDays> look(SqlConnection connection, DayTransaction transaction, Group group) {
        Wanted wanted = wanted(group, false);
        List<Wanted> all = List.of(wanted);
        return Uni.combine()
                .all()
                .unis(
                        transaction.beginLook(),
                        DayTable.look(connection, days(all)),
                        rest(connection, all),
                        transaction.end())
                .with((begun, found, read, ended) ->
                        loaded(wanted, wanted.dates(), found(found, 0), Set.of(), read.of(0)));
    }

    private static DayTable.Found found(Map<Integer, DayTable.Found> found, int part) {
        return found.getOrDefault(part, DayTable.Found.none(""));
    }

    private static List<Parted<DayKey>> days(List<Wanted> all) {
        return Parted.of(all, wanted -> wanted.group().days());
    }

    /** What is read behind the lock for one group. */
    private record Read(
            Optional<VenueTable.Newest> venue,
            ReservationTable.Loaded reservations,
            List<WaitlistEntry> line,
            Map<String, Receipt.Stored> receipts,
            Map<UUID, Guest> guests) {}

    /** As {@link Read}, by the number of the group. */
    private record AllRead(
            Map<Integer, VenueTable.Newest> venues,
            Map<Integer, ReservationTable.Loaded> reservations,
            Map<Integer, List<WaitlistEntry>> lines,
            Map<Integer, Map<String, Receipt.Stored>> receipts,
            Map<Integer, Map<UUID, Guest>> guests) {

        Read of(int part) {
            return new Read(
                    Optional.ofNullable(venues.get(part)),
                    reservations.getOrDefault(part, ReservationTable.Loaded.nothing()),
                    lines.getOrDefault(part, List.of()),
                    receipts.getOrDefault(part, Map.of()),
                    guests.getOrDefault(part, Map.of()));
        }
    }

    private Uni<AllRead> rest(SqlClient client, List<Wanted> all) {
        List<Parted<ReservationTable.Named>> named = Parted.of(all, Wanted::named);
        List<Parted<Receipt>> asked = Parted.of(all, Wanted::receipts);
        List<Parted<DayKey>> minded =
                Parted.of(all, wanted -> wanted.guests() ? wanted.group().days() : Set.<DayKey>of());
        return Uni.combine()
                .all()
                .unis(
                        VenueTable.newest(client, Parted.of(all, wanted -> Set.of(wanted.known()))),
                        ReservationTable.load(client, Parted.of(all, Wanted::reaches), named),
                        WaitlistTable.load(client, days(all), named),
                        unlessEmpty(asked, sought -> receipts.find(client, sought)),
                        unlessEmpty(minded, days -> ReservationTable.guests(client, days)))
                .with(AllRead::new);
    }

    private static <T, R> Uni<Map<Integer, R>> unlessEmpty(
            List<Parted<T>> asked, Function<List<Parted<T>>, Uni<Map<Integer, R>>> read) {
        return asked.isEmpty() ? Uni.createFrom().item(Map.of()) : read.apply(asked);
    }

    /**
     * What is asked for. How far neighbours' stays reach into a day is a matter of its plan, and the venue's newest version
     * is only known with the answer: the reach is that of the version known here, and an answer of another one is not used.
     *
     * @param known the venue's version that the reaches are planned by; 0 when none is known here, and then they are as wide as can be
     * @param named reservations and waitlist entries that commands name
     * @param guests whether it matters who else comes
     */
    private record Wanted(
            Group group,
            VenueTable.Known known,
            List<Reach> reaches,
            List<ReservationTable.Named> named,
            List<Receipt> receipts,
            boolean guests) {

        List<LocalDate> dates() {
            return group.days().stream().map(DayKey::date).toList();
        }

        boolean isPlannedBy(VenueTable.Newest venue) {
            return known.version() == 0 || known.version() == venue.version();
        }
    }

    private Wanted wanted(Group group, boolean everywhere) {
        VenueId venue = group.venue();
        List<Asked> asked = group.asked();
        long version = plans.newestVersion(venue);
        boolean older = asked.stream().anyMatch(DayReads::takesTablesOfBefore);
        List<Reach> reaches = new ArrayList<>();
        for (DayKey key : group.days()) {
            Optional<DayPlan> plan = everywhere ? Optional.empty() : plans.plan(venue, version, key.date());
            reaches.addAll(reaches(key, plan, older));
        }
        return new Wanted(
                group,
                new VenueTable.Known(venue, version),
                reaches,
                asked.stream()
                        .flatMap(each -> each.command().names().stream())
                        .map(id -> new ReservationTable.Named(venue, id))
                        .toList(),
                asked.stream().flatMap(each -> each.receipt().stream()).toList(),
                !asked.isEmpty() && plans.minds(venue));
    }

    /**
     * All of the date's own stays; of its neighbours', those that its plan, when there is one, lets reach into it.
     *
     * @param older whether a stay may be one that an earlier schedule has made longer
     */
    private static List<Reach> reaches(DayKey day, Optional<DayPlan> plan, boolean older) {
        LocalDate date = day.date();
        Instant always = date.minusDays(2).atStartOfDay().toInstant(ZoneOffset.UTC);
        Instant since = plan.filter(known -> !older).map(DayPlan::from).orElse(always);
        int before = plan.map(DayPlan::reach).orElse(DayPlan.FARTHEST);
        int after = plan.map(known -> older ? Math.max(1, known.datesMet()) : known.datesMet())
                .orElse(DayPlan.FARTHEST);
        List<Reach> reaches = new ArrayList<>();
        for (int days = 1; days <= before; days++) {
            reaches.add(new Reach(day, date.minusDays(days), since));
        }
        reaches.add(new Reach(day, date, always));
        for (int days = 1; days <= after; days++) {
            reaches.add(new Reach(day, date.plusDays(days), always));
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

    private Optional<LoadedDays> ready(Wanted wanted, DayTable.Found found, Read read) {
        boolean isReady = found.versions().size() == wanted.group().days().size()
                && read.venue().filter(wanted::isPlannedBy).isPresent();
        return isReady ? Optional.of(loaded(wanted, wanted.dates(), found, Set.of(), read)) : Optional.empty();
    }

    private LoadedDays loaded(
            Wanted wanted, List<LocalDate> dates, DayTable.Found found, Set<LocalDate> echoes, Read read) {
        VenueId id = wanted.group().venue();
        VenueTable.Newest venue = VenueTable.found(id, read.venue());
        SortedMap<LocalDate, Day> days = new TreeMap<>();
        for (LocalDate date : dates) {
            DayPlan plan = plans.plan(id, venue, date);
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
        if (!wanted.isPlannedBy(venue)) {
            throw new DayPlans.Outdated();
        }
        return new LoadedDays(
                days, found.versions().keySet(), read.receipts(), found.transactionId(), echoes, found.closing());
    }
}
