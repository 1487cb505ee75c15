package io.lasttable.booking.profile;

import io.lasttable.booking.database.Transactions;
import io.lasttable.booking.daybook.Sought;
import io.lasttable.booking.problem.Problem;
import io.lasttable.booking.venue.Venue;
import io.lasttable.booking.venue.VenueId;
import io.lasttable.booking.venue.Venues;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * What is done with profiles. A contact is of one profile in the venues that share them: who gives it to one has claimed it first, on
 * whichever replica. Houses that come together later may each know the guest; the profile that was made first is then the guest's,
 * the others are named with it, and staff make them one.
 */
@ApplicationScoped
public class Profiles {

    private final Pool database;
    private final Venues venues;

    Profiles(Pool database, Venues venues) {
        this.database = database;
        this.venues = venues;
    }

    /** All profiles of a venue and its group that have one of the contacts, the guest's first. */
    Uni<List<Profile>> of(VenueId venue, Collection<Contact> contacts) {
        return venues.group(venue).chain(group -> ProfileTable.of(database, group, contacts));
    }

    Uni<Venue> venue(VenueId venue) {
        return venues.get(venue);
    }

    /** @param reaches whether the caller does; a profile that they do not reach does not exist for them */
    Uni<Profile> get(UUID id, Predicate<Profile> reaches) {
        return ProfileTable.find(database, id).map(found -> seen(found, reaches));
    }

    /** Fails with the ids of those that have one of the contacts. */
    Uni<Profile> create(SqlConnection transaction, VenueId home, Facts facts) {
        UUID id = UUID.randomUUID();
        return ProfileTable.claim(transaction, facts.contacts())
                .chain(() -> venues.group(transaction, home))
                .chain(group -> ProfileTable.of(transaction, group, facts.contacts()))
                .invoke(known -> refuseKnown(known, Set.of()))
                .chain(() -> ProfileTable.insert(transaction, home, id, facts))
                .chain(() -> ProfileTable.find(transaction, id))
                .map(Optional::orElseThrow);
    }

    /** Changes the version that the caller has seen; what changes nothing is no change. */
    Uni<Profile> change(
            SqlConnection transaction,
            UUID id,
            OptionalLong version,
            UnaryOperator<Facts> change,
            Predicate<Profile> reaches) {
        Function<List<Profile>, Profile> asRead = found -> {
            Profile before = seen(of(found, id), reaches);
            requireVersion(before, version);
            return before;
        };
        return claimed(
                        transaction,
                        found -> change.apply(asRead.apply(found).facts()).contacts(),
                        id)
                .map(asRead)
                .chain(before -> change(transaction, before, change.apply(before.facts())));
    }

    private static Uni<Profile> change(SqlConnection transaction, Profile before, Facts facts) {
        if (facts.equals(before.facts())) {
            return Uni.createFrom().item(before);
        }
        return ProfileTable.of(transaction, before.group(), facts.contacts())
                .invoke(known -> refuseKnown(known, Set.of(before.id())))
                .chain(() -> written(transaction, before, facts));
    }

    /** Two that are one guest: the other one's facts come to this one, and its id is nobody's any more. */
    Uni<Profile> merge(
            SqlConnection transaction, UUID id, UUID other, OptionalLong version, Predicate<Profile> reaches) {
        return claimed(transaction, Profiles::contacts, id, other).chain(found -> {
            Profile kept = seen(of(found, id), reaches);
            requireVersion(kept, version);
            Facts both = kept.facts().with(other(found, other, kept).facts());
            both.excess().ifPresent(what -> {
                throw Problem.invalid("/other", "together they have " + what + ": shorten one first");
            });
            return ProfileTable.delete(transaction, List.of(other)).chain(() -> written(transaction, kept, both));
        });
    }

    /**
     * The profiles, locked, as whose contacts were claimed before: an erasure, which knows contacts alone, claims first as well, so that
     * it sees what comes of a change or comes before it, and neither waits for what waits for it.
     */
    private static Uni<List<Profile>> claimed(
            SqlConnection transaction, Function<List<Profile>, Set<Contact>> contacts, UUID... ids) {
        return ProfileTable.read(transaction, ids)
                .call(read -> ProfileTable.claim(transaction, contacts.apply(read)))
                .chain(read -> ProfileTable.lock(transaction, ids).invoke(found -> requireUnchanged(read, found)));
    }

    private static Set<Contact> contacts(List<Profile> of) {
        return of.stream().flatMap(each -> each.facts().contacts().stream()).collect(Collectors.toSet());
    }

    private static void requireUnchanged(List<Profile> read, List<Profile> found) {
        found.forEach(now -> requireVersion(
                now,
                of(read, now.id()).map(Profile::version).map(OptionalLong::of).orElse(OptionalLong.empty())));
    }

    private static Profile other(List<Profile> found, UUID other, Profile kept) {
        return of(found, other)
                .filter(each -> kept.group().contains(each.home().value()))
                .orElseThrow(() -> Problem.invalid("/other", "must be a profile of the same venues"));
    }

    private static Uni<Profile> written(SqlConnection transaction, Profile before, Facts facts) {
        return ProfileTable.update(transaction, before, facts)
                .chain(() -> ProfileTable.find(transaction, before.id()))
                .map(Optional::orElseThrow);
    }

    Uni<Void> delete(UUID id, Predicate<Profile> reaches) {
        return Transactions.within(
                        database,
                        transaction -> ProfileTable.lock(transaction, id)
                                .map(found -> seen(found.stream().findFirst(), reaches))
                                .chain(() -> ProfileTable.delete(transaction, List.of(id))))
                .replaceWithVoid();
    }

    /**
     * Deletes the profiles of who is looked for, in the caller's transaction; how many they were.
     *
     * @param in where to look; everywhere when absent
     */
    public Uni<Integer> erase(SqlConnection transaction, Sought sought, Optional<Set<String>> in) {
        return ProfileTable.claim(transaction, sought)
                .chain(() -> ProfileTable.sought(transaction, sought, in))
                .chain(ids -> ProfileTable.delete(transaction, ids));
    }

    private static Optional<Profile> of(List<Profile> found, UUID id) {
        return found.stream().filter(each -> each.id().equals(id)).findFirst();
    }

    private static Profile seen(Optional<Profile> found, Predicate<Profile> reaches) {
        return found.filter(reaches).orElseThrow(Profiles::unknown);
    }

    private static void refuseKnown(List<Profile> known, Set<UUID> but) {
        List<String> others = known.stream()
                .map(Profile::id)
                .filter(id -> !but.contains(id))
                .map(UUID::toString)
                .toList();
        if (!others.isEmpty()) {
            throw Problem.of(
                            Problem.Type.GUEST_PROFILE_EXISTS,
                            "Change the profile that has the contact, or merge the two when they are one guest.")
                    .with("profiles", others);
        }
    }

    private static void requireVersion(Profile profile, OptionalLong version) {
        if (version.isPresent() && version.getAsLong() != profile.version()) {
            throw Problem.of(
                    Problem.Type.VERSION_MISMATCH,
                    "The profile's version is " + profile.version() + "; read it again.");
        }
    }

    static Problem unknown() {
        return Problem.of(Problem.Type.UNKNOWN_GUEST_PROFILE, "There is no such guest profile.");
    }
}
