package io.lasttable.booking.day;

import io.lasttable.booking.day.Refusal.NotBookable;
import io.lasttable.booking.day.Refusal.Reason;
import io.lasttable.booking.venue.BookingWindow;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Whether the venue offers what a wish names at all, whoever else has booked. */
final class Bookability {

    /** Days from today that even who overrides the window cannot book beyond. */
    private static final int FARTHEST_AHEAD = 730;

    private final DayPlan plan;
    private final Instant now;

    Bookability(DayPlan plan, Instant now) {
        this.plan = plan;
        this.now = now;
    }

    /** Why a slot of this day cannot be asked for; empty when it can. */
    Optional<NotBookable> refusal(Wish wish) {
        LocalDate today = now.atZone(plan.venue().timeZone()).toLocalDate();
        int daysAhead = wish.overrides(Limit.WINDOW)
                ? FARTHEST_AHEAD
                : plan.venue().bookingWindow().maxDaysAhead();
        if (wish.date().isAfter(today.plusDays(daysAhead))) {
            return no(Reason.OUTSIDE_BOOKING_WINDOW, "Bookings open " + daysAhead + " days ahead.");
        }
        if (plan.grid().isClosed()) {
            return no(Reason.CLOSED, "The venue is closed on " + wish.date() + ".");
        }
        return wish.walkIn() ? atSlot(wish, walkInSlot()) : slot(wish);
    }

    /** Why no start of a range can be waited for; empty when one can. */
    Optional<NotBookable> refusal(WaitlistWish wish) {
        List<Slot> inRange = plan.grid().slots().stream().filter(wish::includes).toList();
        if (inRange.isEmpty()) {
            Optional<NotBookable> closed = refusal(wish.at(wish.from()));
            return closed.filter(no -> no.reason() != Reason.NO_SUCH_SLOT)
                    .or(() -> no(
                            Reason.NO_SUCH_SLOT,
                            "No service seats from " + wish.from() + " to " + wish.to() + " on " + wish.date() + "."));
        }
        List<Optional<NotBookable>> refusals =
                inRange.stream().map(slot -> refusal(wish.at(slot.time()))).toList();
        return refusals.stream().anyMatch(Optional::isEmpty) ? Optional.empty() : refusals.get(refusals.size() - 1);
    }

    private Optional<NotBookable> slot(Wish wish) {
        Optional<Slot> slot = plan.grid().at(wish.time());
        if (slot.isEmpty() && plan.grid().skips(wish.time())) {
            return no(
                    Reason.NO_SUCH_LOCAL_TIME,
                    wish.time() + " does not exist on " + wish.date() + ": the clocks go forward.");
        }
        Optional<NotBookable> party = atSlot(wish, slot);
        return party.isPresent() ? party : isTooLate(slot.get(), wish) ? tooLate() : Optional.empty();
    }

    private Optional<NotBookable> atSlot(Wish wish, Optional<Slot> slot) {
        if (slot.isEmpty()) {
            return largerThanAnyTable(wish)
                    .or(() -> no(
                            Reason.NO_SUCH_SLOT,
                            wish.walkIn()
                                    ? "No service of " + wish.date() + " seats at present."
                                    : "No service seats at " + wish.time() + " on " + wish.date() + "."));
        }
        return party(wish, slot.get());
    }

    private Optional<NotBookable> largerThanAnyTable(Wish wish) {
        int largest = plan.floor().largestParty();
        return wish.tables().isEmpty() && wish.partySize() > largest
                ? no(Reason.PARTY_TOO_LARGE, "The largest party is " + largest + ".", wish, size -> true)
                : Optional.empty();
    }

    /** Why a party of this size can never be seated at a slot, however empty the venue is. */
    Optional<NotBookable> party(Wish wish, Slot slot) {
        IntPredicate served = size -> slot.turnTime(size).isPresent()
                && (wish.walkIn() || wish.overrides(Limit.PACING) || Pacing.room(slot.period(), 0) >= size);
        Optional<NotBookable> tooLarge = largerThanAnyTable(wish);
        if (tooLarge.isPresent()) {
            return tooLarge;
        }
        if (!served.test(wish.partySize())) {
            return no(
                    Reason.PARTY_TOO_LARGE,
                    "The service takes no party of " + wish.partySize() + " at one start.",
                    wish,
                    served);
        }
        return wish.tables().isEmpty() ? table(wish, served) : Optional.empty();
    }

    private Optional<NotBookable> table(Wish wish, IntPredicate served) {
        Floor floor = plan.floor();
        if (wish.area().isPresent() && !floor.hasArea(wish.area().get())) {
            return no(
                    Reason.NO_SUCH_AREA,
                    "No table of the venue is in the area " + wish.area().get() + ".");
        }
        return floor.seating(wish.partySize(), wish.area()).isEmpty()
                ? no(
                        Reason.NO_TABLE_FOR_PARTY,
                        "No table or combination takes a party of " + wish.partySize()
                                + wish.area()
                                        .map(area -> " in the area " + area)
                                        .orElse("") + ".",
                        wish,
                        served)
                : Optional.empty();
    }

    /** Whether a slot has begun or begins inside the notice that the venue asks for. */
    boolean isTooLate(Slot slot) {
        BookingWindow window = plan.venue().bookingWindow();
        return slot.startsAt().isBefore(now.plus(window.minNotice()));
    }

    private boolean isTooLate(Slot slot, Wish wish) {
        return wish.overrides(Limit.NOTICE)
                ? !slot.startsAt().plus(slot.period().slotInterval()).isAfter(now)
                : isTooLate(slot);
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

    /** The slot whose rules hold for a start at this instant: the last one that has begun by then. */
    Optional<Slot> ruling(Instant startsAt) {
        return plan.grid().slots().stream()
                .filter(slot -> !slot.startsAt().isAfter(startsAt))
                .reduce((earlier, later) -> later);
    }

    private Optional<Slot> walkInSlot() {
        Instant minute = Instant.ofEpochSecond(now.getEpochSecond() / 60 * 60);
        return ruling(now)
                .filter(slot -> now.isBefore(slot.startsAt().plus(slot.period().slotInterval())))
                .map(slot -> new Slot(LocalTime.ofInstant(minute, plan.venue().timeZone()), minute, slot.period()));
    }

    private static Optional<NotBookable> no(Reason reason, String detail) {
        return Optional.of(new NotBookable(reason, detail));
    }

    /** With the sizes that work in place of the one asked for. */
    private Optional<NotBookable> no(Reason reason, String detail, Wish wish, IntPredicate served) {
        List<Integer> sizes = IntStream.rangeClosed(1, plan.floor().largestParty())
                .filter(served)
                .filter(size -> !plan.floor().seating(size, wish.area()).isEmpty())
                .boxed()
                .toList();
        return Optional.of(new NotBookable(reason, detail, sizes));
    }
}
