package io.lasttable.booking.day;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;

/** What someone wants of a day. */
public sealed interface Command {

    /** The reservation or waitlist entry that it makes or changes. */
    UUID id();

    /** Reservations and waitlist entries that deciding it needs, whatever their state; none when it makes one. */
    default List<UUID> names() {
        return List.of(id());
    }

    /** Names of the limits that it sets aside; the history keeps them. */
    default List<String> overrides() {
        return List.of();
    }

    /** A table for a party: confirmed at once, or with {@code hold} kept for that long. A walk-in is seated. */
    record Book(
            UUID id,
            Wish wish,
            Optional<Guest> guest,
            Optional<String> note,
            Optional<String> channel,
            Optional<Duration> hold,
            Labels labels)
            implements Command {

        public Book(
                UUID id,
                Wish wish,
                Optional<Guest> guest,
                Optional<String> note,
                Optional<String> channel,
                Optional<Duration> hold) {
            this(id, wish, guest, note, channel, hold, Labels.NONE);
        }

        @Override
        public List<UUID> names() {
            return List.of();
        }

        @Override
        public List<String> overrides() {
            return Limit.labels(wish.overrides());
        }
    }

    /**
     * A hold becomes a reservation.
     *
     * @param guest absent when the hold already knows its guest, as one that was offered from the waitlist does
     */
    record Confirm(UUID id, Optional<Guest> guest, OptionalLong ifVersion) implements Command {}

    /**
     * What the patch names is changed, of what the reservation is when the day's lock is held; its old tables are kept until
     * new ones are won ({@link Amendment}).
     */
    record Amend(UUID id, ReservationPatch patch, OptionalLong ifVersion) implements Command {

        @Override
        public List<String> overrides() {
            return Limit.labels(patch.overrides());
        }
    }

    /** The last seat, finish, no-show or cancel is taken back, while the tables are free. */
    record Restore(UUID id, OptionalLong ifVersion) implements Command {}

    /** Cancel, seat, finish or mark as no-show: {@code to} is where the reservation goes. */
    record Turn(UUID id, Status to, OptionalLong ifVersion) implements Command {}

    /** Waits for a table; one that is free already is offered in the same step. */
    record Join(UUID id, WaitlistWish wish, Guest guest, Labels labels) implements Command {

        public Join(UUID id, WaitlistWish wish, Guest guest) {
            this(id, wish, guest, Labels.NONE);
        }

        @Override
        public List<UUID> names() {
            return List.of();
        }
    }

    /** Takes what the waitlist offered: the hold becomes a reservation of the guest who waited. */
    record Accept(UUID id, UUID offeredReservation) implements Command {

        @Override
        public List<UUID> names() {
            return List.of(id, offeredReservation);
        }
    }

    /** Another place in line, or other labels. */
    record Relist(UUID id, LabelsPatch labels, OptionalInt position, OptionalLong ifVersion) implements Command {}

    /** Leaves the waitlist; what was offered passes on to the next in line. */
    record Leave(UUID id) implements Command {}
}
