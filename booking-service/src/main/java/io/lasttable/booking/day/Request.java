package io.lasttable.booking.day;

import java.util.Optional;

/** A command, and the receipt that its answer is stored under when it is granted. */
public record Request(Command command, Optional<Receipt> receipt) {

    public static Request of(Command command) {
        return new Request(command, Optional.empty());
    }
}
