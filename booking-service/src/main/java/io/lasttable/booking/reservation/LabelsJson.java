package io.lasttable.booking.reservation;

import io.lasttable.booking.day.Labels;
import io.lasttable.booking.day.LabelsPatch;
import io.lasttable.booking.day.ReservationPatch.Field;
import io.lasttable.booking.json.Fields;
import java.util.Map;
import java.util.Optional;

/** Reads what the caller's own system calls a thing and keeps with it. */
public final class LabelsJson {

    static final int ID_LENGTH = 100;
    private static final int NAME_LENGTH = 40;
    private static final int VALUE_LENGTH = 500;

    private LabelsJson() {}

    /** As a merge patch (RFC 7396) has them: null removes, of the metadata all or one. */
    public static LabelsPatch patch(Fields fields) {
        boolean noId = fields.isNull("externalId");
        Field<String> externalId =
                new Field<>(noId, noId ? Optional.empty() : fields.optionalText("externalId", ID_LENGTH));
        boolean none = fields.isNull("metadata");
        Map<String, Optional<String>> metadata =
                none ? Map.of() : fields.stringsOrNull("metadata", 2 * Labels.MOST, NAME_LENGTH, VALUE_LENGTH);
        return new LabelsPatch(externalId, none, metadata);
    }

    public static Labels read(Fields fields) {
        return new Labels(
                fields.optionalText("externalId", ID_LENGTH),
                fields.strings("metadata", Labels.MOST, NAME_LENGTH, VALUE_LENGTH));
    }
}
