package io.lasttable.booking.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.lasttable.booking.json.Fields;
import io.lasttable.booking.json.JsonBody;
import io.lasttable.booking.json.Mistakes;
import io.lasttable.booking.problem.Problem;
import java.time.Duration;

/**
 * How secrets are changed.
 *
 * @param overlap how long the one before stays good
 * @param replaceNewest whether the new one takes the place of the newest of two, which nobody has got
 */
record RotationRequest(Duration overlap, boolean replaceNewest) {

    private static final Duration USUAL = Duration.ofDays(1);
    private static final Duration LONGEST = Duration.ofDays(7);

    /** An absent body asks for the usual. */
    static RotationRequest read(String body) throws JsonProcessingException {
        if (body == null || body.isEmpty()) {
            return new RotationRequest(USUAL, false);
        }
        Mistakes mistakes = new Mistakes();
        Fields fields = new Fields(JsonBody.read(body), "", mistakes);
        Duration overlap = fields.has("overlap") ? fields.duration("overlap", Duration.ZERO, LONGEST) : USUAL;
        boolean replaceNewest = fields.optionalBool("replaceNewest").orElse(false);
        fields.refuseOthers();
        if (!mistakes.isEmpty()) {
            throw Problem.invalid(mistakes);
        }
        return new RotationRequest(overlap, replaceNewest);
    }
}
