package io.lasttable.booking.reservation;

import io.lasttable.booking.day.Alternative;
import io.lasttable.booking.day.Decision;
import io.lasttable.booking.day.Status;
import io.lasttable.booking.problem.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a day's refusal is to the caller. */
final class Refusals {

    private Refusals() {}

    static Problem problem(Decision.Refused refused) {
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
            List<String> legal =
                    illegal.legal().stream().map(Status::label).sorted().toList();
            return Problem.of(
                            Problem.Type.ILLEGAL_TRANSITION,
                            "It is " + illegal.from().label() + ".")
                    .with("status", illegal.from().label())
                    .with("legal", legal);
        }
        if (refused instanceof Decision.VersionMismatch mismatch) {
            return Problem.of(
                    Problem.Type.VERSION_MISMATCH, "Its version is " + mismatch.current() + "; read it again.");
        }
        return refused instanceof Decision.UnknownTable
                ? Problem.invalid("/tables", "must name tables of the venue that can be had together")
                : Problem.of(Problem.Type.UNKNOWN_RESERVATION, "There is no such reservation.");
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
