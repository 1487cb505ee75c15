package io.lasttable.booking.reservation;

import io.lasttable.booking.day.Alternative;
import io.lasttable.booking.day.Decision;
import io.lasttable.booking.day.Reservation;
import io.lasttable.booking.day.Status;
import io.lasttable.booking.day.Wish;
import io.lasttable.booking.problem.Problem;
import io.lasttable.booking.venue.VenueId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What a day's refusal is to the caller. */
public final class Refusals {

    private Refusals() {}

    /** The reservation as the command left it; throws the problem when it was refused. */
    public static Reservation accepted(Decision decision) {
        if (decision instanceof Decision.Accepted accepted) {
            return accepted.change().after();
        }
        if (decision instanceof Decision.Refused refused) {
            throw problem(refused);
        }
        throw new IllegalStateException("No answer for " + decision.getClass());
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

    public static Problem problem(Decision.Refused refused) {
        if (refused instanceof Decision.Taken taken) {
            return taken(taken);
        }
        if (refused instanceof Decision.HoldGone gone) {
            return Problem.of(Problem.Type.HOLD_EXPIRED, "Book one of the alternatives.")
                    .with("dayVersion", gone.dayVersion())
                    .with("alternatives", alternatives(gone.alternatives()));
        }
        if (refused instanceof Decision.NotBookable never) {
            return Problem.of(Problem.Type.NOT_BOOKABLE, never.detail())
                    .with("reason", never.reason().label());
        }
        if (refused instanceof Decision.IllegalTransition illegal) {
            return illegal(illegal.from().label(), illegal.legal().stream().map(Status::label));
        }
        if (refused instanceof Decision.VersionMismatch mismatch) {
            return Problem.of(
                    Problem.Type.VERSION_MISMATCH, "Its version is " + mismatch.current() + "; read it again.");
        }
        if (refused instanceof Decision.UnknownTable) {
            return Problem.invalid("/tables", "must name tables of the venue");
        }
        return refused instanceof Decision.KeyReused
                ? Problem.of(Problem.Type.IDEMPOTENCY_KEY_REUSED, "Use a new key for a new request.")
                : waitlist(refused);
    }

    private static Problem waitlist(Decision.Refused refused) {
        if (refused instanceof Decision.NotWaiting closed) {
            return illegal(closed.status().label(), Stream.of());
        }
        if (refused instanceof Decision.WaitlistFull full) {
            return Problem.of(
                    Problem.Type.WAITLIST_FULL, "Already " + full.most() + " parties wait for a table on this day.");
        }
        if (refused instanceof Decision.OfferedToWaitlist offered) {
            return Problem.of(
                            Problem.Type.ILLEGAL_TRANSITION,
                            "It is an offer to a waitlist entry: accept or leave that one, then move.")
                    .with("status", Status.HELD.label())
                    .with("legal", List.of(Status.CANCELLED.label(), Status.CONFIRMED.label()))
                    .with("waitlistEntry", offered.entry().toString());
        }
        return refused instanceof Decision.UnknownEntry
                ? Problem.of(Problem.Type.UNKNOWN_WAITLIST_ENTRY, "There is no such waitlist entry.")
                : Problem.of(Problem.Type.UNKNOWN_RESERVATION, "There is no such reservation.");
    }

    private static Problem illegal(String status, Stream<String> legal) {
        List<String> next = legal.sorted().toList();
        return Problem.of(
                        Problem.Type.ILLEGAL_TRANSITION,
                        next.isEmpty()
                                ? "It is " + status + ", and that is final."
                                : "It is " + status + "; from there it may become " + String.join(" or ", next) + ".")
                .with("status", status)
                .with("legal", next);
    }

    private static Problem taken(Decision.Taken taken) {
        Problem problem = Problem.of(Problem.Type.SLOT_TAKEN, "Book one of the alternatives, or ask again later.")
                .with("dayVersion", taken.dayVersion())
                .with("cause", taken.cause().label());
        return taken.mayFreeUpAt()
                .map(at -> problem.with("mayFreeUpAt", at.toString()))
                .orElse(problem)
                .with("alternatives", alternatives(taken.alternatives()));
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
