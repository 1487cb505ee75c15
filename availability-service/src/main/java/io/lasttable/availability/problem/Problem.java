package io.lasttable.availability.problem;

import java.util.List;

/** Everything this service may answer instead of a result; {@link ProblemDocument} says it as RFC 9457. */
public sealed interface Problem {

    /** One thing wrong with the request. {@code pointer} names the place: {@code /query/date}, {@code /path/venueId}. */
    record Violation(String pointer, String detail) {}

    record ValidationError(List<Violation> errors) implements Problem {
        public ValidationError {
            errors = List.copyOf(errors);
        }
    }

    record UnknownVenue(String venueId) implements Problem {}

    record UnknownDay(String venueId, String date) implements Problem {}

    record RateLimited(long retryAfterSeconds) implements Problem {}

    record Overloaded(long retryAfterSeconds) implements Problem {}

    /** What the HTTP layer itself refuses: no such path, wrong method, not acceptable. */
    record Refused(int status) implements Problem {}

    record Unexpected() implements Problem {}
}
