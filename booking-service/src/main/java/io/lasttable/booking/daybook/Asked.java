package io.lasttable.booking.daybook;

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
 */
public record Asked(Command command, Optional<Receipt> receipt, Function<Granted, String> answer) {

    /** Asked without a receipt. */
    public static Asked of(Command command) {
        return new Asked(command, Optional.empty(), granted -> "");
    }

    Request request() {
        return new Request(command, receipt);
    }
}
