package io.lasttable.booking.day;

import io.lasttable.booking.day.Decision.NotBookable;
import io.lasttable.booking.day.Decision.Reason;
import io.lasttable.booking.venue.BookingWindow;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/** Whether the venue offers what a wish names at all, whoever else has booked. */
final class Bookability {

    private final DayPlan plan;
    private final Instant now;

    Bookability(DayPlan plan, Instant now) {
        this.plan = plan;
        this.now = now;
    }

    /** Why a slot of this day cannot be asked for; empty when it can. */
    Optional<NotBookable> refusal(Wish wish) {
        LocalDate today = now.atZone(plan.venue().timeZone()).toLocalDate();
        int maxDaysAhead = plan.venue().bookingWindow().maxDaysAhead();
        if (wish.date().isAfter(today.plusDays(maxDaysAhead))) {
            return no(Reason.OUTSIDE_BOOKING_WINDOW, "Bookings open " + maxDaysAhead + " days ahead.");
        }
        if (plan.grid().isClosed()) {
            return no(Reason.CLOSED, "The venue is closed on " + wish.date() + ".");
        }
        return wish.walkIn() ? party(wish, walkInSlot(wish)) : slot(wish);
    }

    private Optional<NotBookable> slot(Wish wish) {
        Optional<Slot> slot = plan.grid().at(wish.time());
        if (slot.isEmpty() && plan.grid().skips(wish.time())) {
            return no(
                    Reason.NO_SUCH_LOCAL_TIME,
                    wish.time() + " does not exist on " + wish.date() + ": the clocks go forward.");
        }
        Optional<NotBookable> party = party(wish, slot);
        return party.isPresent() ? party : isTooLate(slot.get()) ? tooLate() : Optional.empty();
    }

    private Optional<NotBookable> party(Wish wish, Optional<Slot> slot) {
        if (wish.partySize() > plan.floor().largestParty()) {
            return no(
                    Reason.PARTY_TOO_LARGE,
                    "The largest party is " + plan.floor().largestParty() + ".");
        }
        if (slot.isEmpty()) {
            return no(Reason.NO_SUCH_SLOT, "No service seats at " + wish.time() + " on " + wish.date() + ".");
        }
        if (slot.get().turnTime(wish.partySize()).isEmpty()) {
            return no(Reason.PARTY_TOO_LARGE, "The service has no turn time for a party of " + wish.partySize() + ".");
        }
        return Optional.empty();
    }

    /** Whether a slot has begun or begins inside the notice that the venue asks for. */
    boolean isTooLate(Slot slot) {
        BookingWindow window = plan.venue().bookingWindow();
        return slot.startsAt().isBefore(now.plus(window.minNotice()));
    }

    private Optional<NotBookable> tooLate() {
        return no(
                Reason.OUTSIDE_BOOKING_WINDOW,
                "Bookings close " + plan.venue().bookingWindow().minNotice() + " before the slot.");
    }

    /** The slot that a wish names; a walk-in takes the rules of the slot that began last, and starts at its own minute. */
    Optional<Slot> slotOf(Wish wish) {
        return wish.walkIn() ? walkInSlot(wish) : plan.grid().at(wish.time());
    }

    private Optional<Slot> walkInSlot(Wish wish) {
        Instant minute = Instant.ofEpochSecond(now.getEpochSecond() / 60 * 60);
        return plan.grid().slots().stream()
                .filter(slot -> !slot.startsAt().isAfter(now))
                .reduce((earlier, later) -> later)
                .map(slot -> new Slot(wish.time(), minute, slot.period()));
    }

    private static Optional<NotBookable> no(Reason reason, String detail) {
        return Optional.of(new NotBookable(reason, detail));
    }
}
