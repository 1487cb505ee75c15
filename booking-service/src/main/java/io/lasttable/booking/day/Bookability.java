package io.lasttable.booking.day;

import io.lasttable.booking.day.Refusal.NotBookable;
import io.lasttable.booking.day.Refusal.Reason;
import io.lasttable.booking.venue.BookingWindow;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
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
        return wish.walkIn() ? party(wish, walkInSlot()) : slot(wish);
    }

    /** Why no start of a range can be waited for; empty when one can. */
    Optional<NotBookable> refusal(WaitlistWish wish) {
        List<Slot> inRange = plan.grid().slots().stream()
                .filter(slot -> wish.includes(slot.time()))
                .toList();
        if (inRange.isEmpty()) {
            Optional<NotBookable> closed = refusal(wish.at(wish.from()));
            return closed.filter(no -> no.reason() != Reason.NO_SUCH_SLOT)
                    .or(() -> no(
                            Reason.NO_SUCH_SLOT,
                            "No service seats from " + wish.from() + " to " + wish.to() + " on " + wish.date() + "."));
        }
        return refusal(wish.at(inRange.get(inRange.size() - 1).time()));
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
        if (wish.tables().isEmpty() && wish.partySize() > plan.floor().largestParty()) {
            return no(
                    Reason.PARTY_TOO_LARGE,
                    "The largest party is " + plan.floor().largestParty() + ".");
        }
        if (slot.isEmpty()) {
            return no(
                    Reason.NO_SUCH_SLOT,
                    wish.walkIn()
                            ? "No service of " + wish.date() + " seats at present."
                            : "No service seats at " + wish.time() + " on " + wish.date() + ".");
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

    /**
     * The slot that a wish names. A walk-in takes the rules of the slot that began last, until that slot's interval is over,
     * and starts at the present minute.
     */
    Optional<Slot> slotOf(Wish wish) {
        return wish.walkIn() ? walkInSlot() : plan.grid().at(wish.time());
    }

    private Optional<Slot> walkInSlot() {
        Instant minute = Instant.ofEpochSecond(now.getEpochSecond() / 60 * 60);
        return plan.grid().slots().stream()
                .filter(slot -> !slot.startsAt().isAfter(now))
                .reduce((earlier, later) -> later)
                .filter(slot -> now.isBefore(slot.startsAt().plus(slot.period().slotInterval())))
                .map(slot -> new Slot(LocalTime.ofInstant(minute, plan.venue().timeZone()), minute, slot.period()));
    }

    private static Optional<NotBookable> no(Reason reason, String detail) {
        return Optional.of(new NotBookable(reason, detail));
    }
}
