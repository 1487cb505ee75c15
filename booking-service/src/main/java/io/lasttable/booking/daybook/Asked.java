package io.lasttable.booking.daybook;

import io.lasttable.booking.day.By;
import io.lasttable.booking.day.Cause;
import io.lasttable.booking.day.Command;
import io.lasttable.booking.day.Decision.Granted;
import io.lasttable.booking.day.Receipt;
import io.lasttable.booking.day.Request;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a caller asks of a day.
 *
 * @param receipt what its answer is stored under when it is granted
 * @param answer of a granted decision as it is stored; asked for only when there is a receipt
 * @param by who asks
 */
public record Asked(Command command, Optional<Receipt> receipt, Function<Granted, String> answer, By by) {

    /** Asked without a receipt. */
    public static Asked of(Command command, By by) {
        return new Asked(command, Optional.empty(), granted -> "", by);
    }

    /** Asked without a receipt, by nobody from outside. */
    static Asked of(Command command) {
        return of(command, By.SYSTEM);
    }

    /** The same, for a reason that the command does not tell. */
    public Asked because(Cause cause) {
        return new Asked(command, receipt, answer, by.because(cause));
    }

    Request request() {
        return new Request(command, receipt, by);
    }
}
