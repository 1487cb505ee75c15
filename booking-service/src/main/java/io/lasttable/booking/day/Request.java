package io.lasttable.booking.day;

import java.util.Optional;

/** A command, the receipt that its answer is stored under when it is granted, and who asks. */
public record Request(Command command, Optional<Receipt> receipt, By by) {

    public Request(Command command, Optional<Receipt> receipt) {
        this(command, receipt, By.SYSTEM);
    }

    public static Request of(Command command) {
        return new Request(command, Optional.empty());
    }
}
