package io.lasttable.booking.waitlist;

import io.lasttable.booking.day.Command;
import io.lasttable.booking.day.LabelsPatch;
import io.lasttable.booking.json.Fields;
import io.lasttable.booking.json.JsonBody;
import io.lasttable.booking.json.Mistakes;
import io.lasttable.booking.problem.Problem;
import io.lasttable.booking.reservation.LabelsJson;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;

/** Reads a merge patch of a waitlist entry (RFC 7396). */
final class EntryPatchJson {

    private static final int LAST_PLACE = 100_000;

    private EntryPatchJson() {}

    static Command.Relist read(UUID id, String body, OptionalLong ifVersion) {
        Mistakes mistakes = new Mistakes();
        Fields fields = new Fields(JsonBody.read(body), "", mistakes);
        LabelsPatch labels = LabelsJson.patch(fields);
        if (fields.isNull("position")) {
            fields.refuse("position", "cannot be removed");
        }
        Optional<Integer> position = fields.optionalInteger("position", 1, LAST_PLACE);
        fields.refuseOthers();
        if (!mistakes.isEmpty()) {
            throw Problem.invalid(mistakes);
        }
        return new Command.Relist(id, labels, position.map(OptionalInt::of).orElse(OptionalInt.empty()), ifVersion);
    }
}
