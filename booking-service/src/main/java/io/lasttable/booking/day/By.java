package io.lasttable.booking.day;

import java.util.Optional;

/**
 * Who asks.
 *
 * @param cause what it is for, where the command does not say so
 * @param trace W3C trace context of the request, for the news of it
 */
public record By(Actor actor, Optional<Cause> cause, Optional<String> trace) {

    public static final By SYSTEM = new By(Actor.SYSTEM, Optional.empty(), Optional.empty());

    public By because(Cause other) {
        return new By(actor, Optional.of(other), trace);
    }

    Origin of(Command command) {
        return new Origin(actor, cause.orElseGet(() -> Cause.of(command)), command.overrides(), trace);
    }
}
