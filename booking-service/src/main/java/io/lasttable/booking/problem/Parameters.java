package io.lasttable.booking.problem;

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
}
