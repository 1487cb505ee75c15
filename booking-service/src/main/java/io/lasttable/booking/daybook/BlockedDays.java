package io.lasttable.booking.daybook;

import io.lasttable.booking.database.Transactions;
import io.lasttable.booking.day.Block;
import io.lasttable.booking.outbox.Outbox;
import io.lasttable.booking.problem.Problem;
import io.lasttable.booking.venue.Venue;
import io.lasttable.booking.venue.VenueId;
import io.lasttable.booking.venue.VenueTable;
import io.lasttable.booking.venue.Venues;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * Closes parts of the house to new bookings, and opens them again. A block is written under the locks of the venue and of the
 * days that it holds on, each of which has a new version then; what its end gives back is offered to those in line in the
 * same transaction, before anybody else can ask for it.
 */
@ApplicationScoped
public class BlockedDays {

    /** Blocks of a venue that are not over. */
    private static final int MOST = 500;

    private final Pool database;
    private final Reschedule days;
    private final Outbox outbox;

    BlockedDays(Pool database, Reschedule days, Outbox outbox) {
        this.database = database;
        this.days = days;
        this.outbox = outbox;
    }

    /** @param made whether there was none of its id before */
    public record Put(Block block, boolean made) {}

    /** Makes the block or puts it in the place of the one that has its id; the same one again changes nothing. */
    public Uni<Put> put(VenueId venueId, Block wanted) {
        return Transactions.within(database, transaction -> put(transaction, venueId, wanted))
                .invoke(() -> outbox.committedFor(venueId));
    }

    /** As {@link #put}, to the last check, but nothing is done. */
    public Uni<Put> validate(VenueId venueId, Block wanted) {
        return Transactions.tried(database, transaction -> put(transaction, venueId, wanted));
    }

    private Uni<Put> put(SqlConnection transaction, VenueId venueId, Block wanted) {
        Instant now = DayBook.now();
        return venue(transaction, venueId)
                .invoke(venue -> check(venue, wanted))
                .chain(venue -> BlockTable.find(transaction, venueId, wanted.id())
                        .chain(before -> replace(transaction, venue, before, wanted, now)
                                .replaceWith(new Put(wanted, before.isEmpty()))));
    }

    private Uni<Void> replace(
            SqlConnection transaction, Venue venue, Optional<Block> before, Block wanted, Instant now) {
        if (before.equals(Optional.of(wanted))) {
            return Uni.createFrom().voidItem();
        }
        return BlockTable.count(transaction, venue.id(), venue.today(now))
                .invoke(count -> {
                    if (before.isEmpty() && count >= MOST) {
                        throw Problem.of(
                                Problem.Type.TOO_MANY_BLOCKS, "At most " + MOST + " that are not over; delete some.");
                    }
                })
                .chain(() -> BlockTable.save(venue.id(), wanted).send(transaction))
                .chain(() -> days.reblock(transaction, venue, before, Optional.of(wanted), now));
    }

    private static void check(Venue venue, Block block) {
        boolean areaIsThere = block.area().isEmpty()
                || venue.tables().stream().anyMatch(table -> table.area().equals(block.area()));
        if (!areaIsThere) {
            throw Problem.invalid("/area", "no table of the venue is in it");
        }
        for (int i = 0; i < block.tables().size(); i++) {
            if (venue.table(block.tables().get(i)).isEmpty()) {
                throw Problem.invalid(
                        "/tables/" + i, "no table has the id " + block.tables().get(i));
            }
        }
    }

    /** Fails with {@code unknown-block} when there is none. */
    public Uni<Void> remove(VenueId venueId, String id) {
        Instant now = DayBook.now();
        return Transactions.within(
                        database,
                        transaction -> venue(transaction, venueId)
                                .chain(venue -> BlockTable.find(transaction, venueId, id)
                                        .map(found -> found.orElseThrow(BlockedDays::unknown))
                                        .call(() ->
                                                BlockTable.delete(venueId, id).send(transaction))
                                        .chain(block -> days.reblock(
                                                transaction, venue, Optional.of(block), Optional.empty(), now))))
                .invoke(() -> outbox.committedFor(venueId));
    }

    public Uni<Block> get(VenueId venueId, String id) {
        return BlockTable.find(database, venueId, id).map(found -> found.orElseThrow(BlockedDays::unknown));
    }

    /** Up to {@code limit} blocks that hold on some date from the first to the last, in order of their ids, after the given one. */
    public Uni<List<Block>> page(VenueId venueId, LocalDate first, LocalDate last, String after, int limit) {
        return BlockTable.page(database, venueId, first, last, after, limit);
    }

    private static Uni<Venue> venue(SqlConnection transaction, VenueId id) {
        return VenueTable.lock(transaction, id).map(found -> found.orElseThrow(() -> Venues.unknown(id)));
    }

    public static Problem unknown() {
        return Problem.of(Problem.Type.UNKNOWN_BLOCK, "There is no such block.");
    }
}
