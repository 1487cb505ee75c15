package io.lasttable.booking.reservation;

import io.lasttable.booking.day.Labels;
import io.lasttable.booking.json.Fields;

/** Reads what the caller's own system calls a thing and keeps with it. */
public final class LabelsJson {

    static final int ID_LENGTH = 100;
    private static final int MOST = 20;
    private static final int NAME_LENGTH = 40;
    private static final int VALUE_LENGTH = 500;

    private LabelsJson() {}

    public static Labels read(Fields fields) {
        return new Labels(
                fields.optionalText("externalId", ID_LENGTH),
                fields.strings("metadata", MOST, NAME_LENGTH, VALUE_LENGTH));
    }
}
