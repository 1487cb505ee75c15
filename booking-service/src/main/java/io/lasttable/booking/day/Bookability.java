package io.lasttable.booking.day;

import io.lasttable.booking.day.Refusal.NotBookable;
import io.lasttable.booking.day.Refusal.PastCutoff;
import io.lasttable.booking.day.Refusal.Reason;
import io.lasttable.booking.venue.BookingWindow;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
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
    Optional<Refusal> refusal(Wish wish) {
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
    Optional<Refusal> refusal(WaitlistWish wish) {
        List<Slot> inRange = plan.grid().slots().stream().filter(wish::includes).toList();
        if (inRange.isEmpty()) {
            Optional<Refusal> closed = refusal(wish.at(wish.from()));
            return closed.filter(no -> !(no instanceof NotBookable never) || never.reason() != Reason.NO_SUCH_SLOT)
                    .or(() -> no(
                            Reason.NO_SUCH_SLOT,
                            "No service seats from " + wish.from() + " to " + wish.to() + " on " + wish.date() + "."));
        }
        List<Optional<Refusal>> refusals =
                inRange.stream().map(slot -> refusal(wish.at(slot.time()))).toList();
        return refusals.stream().anyMatch(Optional::isEmpty) ? Optional.empty() : refusals.get(refusals.size() - 1);
    }

    private Optional<Refusal> slot(Wish wish) {
        Optional<Slot> slot = plan.grid().at(wish.time());
        if (slot.isEmpty() && plan.grid().skips(wish.time())) {
            return no(
                    Reason.NO_SUCH_LOCAL_TIME,
                    wish.time() + " does not exist on " + wish.date() + ": the clocks go forward.");
        }
        Optional<Refusal> party = atSlot(wish, slot);
        if (party.isPresent()) {
            return party;
        }
        if (isTooLate(slot.get(), wish)) {
            return tooLate();
        }
        return isShut(slot.get(), wish) ? shut(slot.get()) : Optional.empty();
    }

    private Optional<Refusal> atSlot(Wish wish, Optional<Slot> slot) {
        if (slot.isEmpty()) {
            return largerThanAnyTable(wish, plan.floor())
                    .or(() -> no(
                            Reason.NO_SUCH_SLOT,
                            wish.walkIn()
                                    ? "No service of " + wish.date() + " seats at present."
                                    : "No service seats at " + wish.time() + " on " + wish.date() + "."));
        }
        return party(wish, slot.get());
    }

    private static Optional<Refusal> largerThanAnyTable(Wish wish, Floor floor) {
        int largest = floor.largestParty();
        return wish.tables().isEmpty() && wish.partySize() > largest
                ? no(Reason.PARTY_TOO_LARGE, "The largest party is " + largest + ".", wish, floor, size -> true)
                : Optional.empty();
    }

    /** Why a party of this size can never be seated at a slot, however empty the venue is. */
    Optional<Refusal> party(Wish wish, Slot slot) {
        IntPredicate served = size -> slot.turnTime(size).isPresent()
                && (wish.walkIn() || wish.overrides(Limit.PACING) || Pacing.room(slot.period(), 0) >= size);
        Floor floor = plan.floor(slot);
        Optional<Refusal> tooLarge = largerThanAnyTable(wish, floor);
        if (tooLarge.isPresent()) {
            return tooLarge;
        }
        if (!served.test(wish.partySize())) {
            return no(
                    Reason.PARTY_TOO_LARGE,
                    "The service takes no party of " + wish.partySize() + " at one start.",
                    wish,
                    floor,
                    served);
        }
        return wish.tables().isEmpty() ? table(wish, floor, served) : Optional.empty();
    }

    private Optional<Refusal> table(Wish wish, Floor floor, IntPredicate served) {
        if (wish.area().isPresent() && !floor.hasArea(wish.area().get())) {
            String area = wish.area().get();
            return no(
                    Reason.NO_SUCH_AREA,
                    plan.floor().hasArea(area)
                            ? "The service seats nobody in the area " + area + "."
                            : "No table of the venue is in the area " + area + ".");
        }
        return floor.seating(wish.partySize(), wish.area()).isEmpty()
                ? no(
                        Reason.NO_TABLE_FOR_PARTY,
                        "No table or combination takes a party of " + wish.partySize()
                                + wish.area()
                                        .map(area -> " in the area " + area)
                                        .orElse("") + ".",
                        wish,
                        floor,
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

    /** Whether its cut-off has passed for whoever wishes. */
    boolean isShut(Slot slot, Wish wish) {
        return slot.isShut(now) && !wish.overrides(Limit.CUTOFF);
    }

    private Optional<Refusal> shut(Slot slot) {
        Instant at = slot.closesAt().orElseThrow();
        LocalTime cutoff = LocalTime.ofInstant(at, plan.venue().timeZone());
        return Optional.of(new PastCutoff(cutoff, at, plan.venue().phone()));
    }

    private Optional<Refusal> tooLate() {
        return no(
                Reason.OUTSIDE_BOOKING_WINDOW,
                "Bookings close " + plan.venue().bookingWindow().minNotice() + " before the slot.");
    }

    /**
     * The slot that a wish names. A walk-in takes the rules of the slot that began last, until that slot's interval is over by the
     * clock on the wall (an hour that comes twice has slots the first time only), and starts at the present minute.
     */
    Optional<Slot> slotOf(Wish wish) {
        return wish.walkIn() ? walkInSlot() : plan.grid().at(wish.time());
    }

    private Optional<Slot> walkInSlot() {
        Instant minute = Instant.ofEpochSecond(now.getEpochSecond() / 60 * 60);
        return plan.grid()
                .ruling(now)
                .filter(slot -> now.isBefore(endOfInterval(slot)))
                .map(slot -> new Slot(
                        LocalTime.ofInstant(minute, plan.venue().timeZone()), minute, slot.period(), Optional.empty()));
    }

    private Instant endOfInterval(Slot slot) {
        ZoneId zone = plan.venue().timeZone();
        LocalDateTime end = LocalDateTime.ofInstant(slot.startsAt(), zone)
                .plus(slot.period().slotInterval());
        return SlotGrid.onTheClock(end, zone);
    }

    private static Optional<Refusal> no(Reason reason, String detail) {
        return Optional.of(new NotBookable(reason, detail));
    }

    /** With the sizes that work in place of the one asked for. */
    private static Optional<Refusal> no(Reason reason, String detail, Wish wish, Floor floor, IntPredicate served) {
        List<Integer> sizes = IntStream.rangeClosed(1, floor.largestParty())
                .filter(served)
                .filter(size -> !floor.seating(size, wish.area()).isEmpty())
                .boxed()
                .toList();
        return Optional.of(new NotBookable(reason, detail, sizes));
    }
}
