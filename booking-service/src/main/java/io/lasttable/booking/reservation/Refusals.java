package io.lasttable.booking.reservation;

import io.lasttable.booking.day.Alternative;
import io.lasttable.booking.day.Decision;
import io.lasttable.booking.day.OtherVisit;
import io.lasttable.booking.day.Refusal;
import io.lasttable.booking.day.Reservation;
import io.lasttable.booking.day.Status;
import io.lasttable.booking.day.Wish;
import io.lasttable.booking.problem.Problem;
import io.lasttable.booking.problem.Problem.Type;
import io.lasttable.booking.venue.VenueId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What a day's refusal is to the caller. */
public final class Refusals implements Refusal.Cases<Problem> {

    private static final Refusals CASES = new Refusals();

    private Refusals() {}

    public static Problem problem(Refusal refusal) {
        return refusal.as(CASES);
    }

    /** The reservation as the command left it; throws the problem when it was refused. */
    public static Reservation accepted(Decision decision) {
        if (decision instanceof Decision.Accepted accepted) {
            return accepted.change().after();
        }
        if (decision instanceof Decision.Unchanged unchanged) {
            return unchanged.reservation();
        }
        if (decision instanceof Refusal refusal) {
            throw problem(refusal);
        }
        throw new IllegalStateException("No answer for " + decision.getClass());
    }

    /** Where the guest of what was granted is to come as well, if that is to be said. */
    static Optional<OtherVisit> other(Decision decision) {
        return decision instanceof Decision.Accepted accepted ? accepted.other() : Optional.empty();
    }

    /** What would join the waitlist for the same wish, but for the guest. */
    static Map<String, Object> waitlistHint(VenueId venue, Wish wish) {
        Map<String, Object> join = new LinkedHashMap<>();
        join.put("href", "/v1/venues/" + venue + "/waitlist");
        join.put("date", wish.date().toString());
        join.put("from", wish.time().toString());
        join.put("to", wish.time().toString());
        join.put("partySize", wish.partySize());
        wish.area().ifPresent(area -> join.put("area", area));
        return join;
    }

    @Override
    public Problem taken(Refusal.Taken taken) {
        Problem problem = Problem.of(Type.SLOT_TAKEN, "Book one of the alternatives, or ask again later.")
                .with("dayVersion", taken.dayVersion())
                .with("cause", taken.cause().label());
        return taken.mayFreeUpAt()
                .map(at -> problem.with("mayFreeUpAt", at.toString()))
                .orElse(problem)
                .with("alternatives", alternatives(taken.alternatives()));
    }

    @Override
    public Problem holdGone(Refusal.HoldGone gone) {
        return Problem.of(Type.HOLD_EXPIRED, "Book one of the alternatives.")
                .with("dayVersion", gone.dayVersion())
                .with("alternatives", alternatives(gone.alternatives()));
    }

    @Override
    public Problem notBookable(Refusal.NotBookable never) {
        Problem problem = Problem.of(Type.NOT_BOOKABLE, never.detail())
                .with("reason", never.reason().label());
        return never.partySizes().isEmpty() ? problem : problem.with("partySizes", never.partySizes());
    }

    @Override
    public Problem pastCutoff(Refusal.PastCutoff late) {
        String call = late.phone().map(phone -> "call the venue at " + phone).orElse("call the venue");
        Problem problem = Problem.of(
                        Type.PAST_CUTOFF,
                        "Bookings for this day have closed at " + late.cutoff() + "; choose another day, or " + call
                                + ".")
                .with("closedAt", late.closedAt().toString());
        return late.phone().map(phone -> problem.with("phone", phone)).orElse(problem);
    }

    @Override
    public Problem unknownReservation(Refusal.UnknownReservation unknown) {
        return Problem.of(Type.UNKNOWN_RESERVATION, "There is no such reservation.");
    }

    @Override
    public Problem unknownEntry(Refusal.UnknownEntry unknown) {
        return Problem.of(Type.UNKNOWN_WAITLIST_ENTRY, "There is no such waitlist entry.");
    }

    @Override
    public Problem notWaiting(Refusal.NotWaiting closed) {
        return illegal(closed.status().label(), Stream.of());
    }

    @Override
    public Problem waitlistFull(Refusal.WaitlistFull full) {
        return Problem.of(Type.WAITLIST_FULL, "Already " + full.most() + " parties wait for a table on this day.");
    }

    @Override
    public Problem offeredToWaitlist(Refusal.OfferedToWaitlist offered) {
        return Problem.of(
                        Type.ILLEGAL_TRANSITION,
                        "It is an offer to a waitlist entry: accept or leave that one, then move.")
                .with("currentStatus", Status.HELD.label())
                .with("legal", List.of(Status.CANCELLED.label(), Status.CONFIRMED.label()))
                .with("waitlistEntry", offered.entry().toString());
    }

    @Override
    public Problem comesAlready(Refusal.ComesAlready twice) {
        return Problem.of(
                Type.SAME_GUEST,
                "Change the guest's reservation or waitlist entry of that time, or give that one up first.");
    }

    @Override
    public Problem keyReused(Refusal.KeyReused reused) {
        return Problem.of(Type.IDEMPOTENCY_KEY_REUSED, "Use a new key for a new request.");
    }

    @Override
    public Problem unknownTable(Refusal.UnknownTable unknown) {
        return Problem.invalid("/tables", "must name tables of the venue");
    }

    @Override
    public Problem mistaken(Refusal.Mistaken mistaken) {
        return Problem.invalid(mistaken.pointer(), mistaken.detail());
    }

    @Override
    public Problem tooEarly(Refusal.TooEarly early) {
        return Problem.of(
                        Type.ILLEGAL_TRANSITION,
                        "It may become " + early.to().label() + " from " + early.allowedFrom() + " on.")
                .with("currentStatus", early.status().label())
                .with(
                        "legal",
                        early.status().next().stream()
                                .map(Status::label)
                                .sorted()
                                .toList())
                .with("allowedFrom", early.allowedFrom().toString());
    }

    @Override
    public Problem guestMayNot(Refusal.GuestMayNot guest) {
        Problem problem = Problem.of(
                        Type.GUEST_CHANGES_CLOSED,
                        guest.until()
                                .map(until -> "Guests could do this themselves until " + until + "; ask the house.")
                                .orElse("Guests cannot do this themselves here; ask the house."))
                .with("action", guest.action().label());
        return guest.until()
                .map(until -> problem.with("until", until.toString()))
                .orElse(problem);
    }

    @Override
    public Problem illegalTransition(Refusal.IllegalTransition illegal) {
        return illegal(illegal.from().label(), illegal.legal().stream().map(Status::label));
    }

    @Override
    public Problem versionMismatch(Refusal.VersionMismatch mismatch) {
        return Problem.of(Type.VERSION_MISMATCH, "Its version is " + mismatch.current() + "; read it again.");
    }

    private static Problem illegal(String status, Stream<String> legal) {
        List<String> next = legal.sorted().toList();
        return Problem.of(
                        Type.ILLEGAL_TRANSITION,
                        next.isEmpty()
                                ? "It is " + status + ", and that is final."
                                : "It is " + status + "; from there it may become " + String.join(" or ", next) + ".")
                .with("currentStatus", status)
                .with("legal", next);
    }

    private static List<Map<String, Object>> alternatives(List<Alternative> alternatives) {
        return alternatives.stream().map(Refusals::alternative).toList();
    }

    private static Map<String, Object> alternative(Alternative alternative) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("date", alternative.date().toString());
        json.put("time", alternative.time().toString());
        alternative.area().ifPresent(area -> json.put("area", area));
        json.put("left", alternative.left());
        return json;
    }
}
