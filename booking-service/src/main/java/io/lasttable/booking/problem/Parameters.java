package io.lasttable.booking.problem;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Query parameters, read so that a wrong one is a validation error and not a path that leads nowhere. */
public final class Parameters {

    private Parameters() {}

    /** A whole number within the bounds; throws a {@link Problem} for anything else. */
    public static int integer(String name, String value, int min, int max) {
        if (value.matches("[0-9]{1,9}") && Integer.parseInt(value) >= min && Integer.parseInt(value) <= max) {
            return Integer.parseInt(value);
        }
        throw Problem.invalid("/query/" + name, "must be a whole number from " + min + " to " + max);
    }

    /** A date from 2000 to 2999, since the database's dates end where Java's do not; throws a {@link Problem} for anything else. */
    public static Optional<LocalDate> date(String name, String value) {
        try {
            Optional<LocalDate> date = Optional.ofNullable(value).map(LocalDate::parse);
            if (date.isEmpty() || date.get().getYear() >= 2000 && date.get().getYear() <= 2999) {
                return date;
            }
        } catch (DateTimeException e) {
            throw Problem.invalid("/query/" + name, "must be a date such as 2026-11-28");
        }
        throw Problem.invalid("/query/" + name, "must be a date from 2000 to 2999");
    }

    /** One of these words; throws a {@link Problem} for any other. */
    public static String oneOf(String name, String value, String... words) {
        if (List.of(words).contains(value)) {
            return value;
        }
        throw Problem.invalid("/query/" + name, "must be " + String.join(" or ", words));
    }
}
