package io.lasttable.booking.day;

import io.lasttable.booking.day.ReservationPatch.Field;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A merge patch of labels (RFC 7396): what is named changes, what is removed goes, what is absent stays.
 *
 * @param noMetadata whether all metadata goes
 * @param metadata by name, absent what goes
 */
public record LabelsPatch(Field<String> externalId, boolean noMetadata, Map<String, Optional<String>> metadata) {

    public static final LabelsPatch NONE = new LabelsPatch(new Field<>(false, Optional.empty()), false, Map.of());

    public LabelsPatch {
        metadata = Map.copyOf(metadata);
    }

    boolean isNamed() {
        return externalId.isNamed() || noMetadata || !metadata.isEmpty();
    }

    Labels over(Labels before) {
        Map<String, String> kept = new TreeMap<>(noMetadata ? Map.of() : before.metadata());
        metadata.forEach((name, value) -> value.ifPresentOrElse(text -> kept.put(name, text), () -> kept.remove(name)));
        return new Labels(externalId.over(before.externalId()), kept);
    }

    /** What is wrong with the outcome, which the patch alone does not show. */
    Optional<Refusal.Mistaken> mistake(Labels before) {
        return over(before).metadata().size() <= Labels.MOST
                ? Optional.empty()
                : Optional.of(new Refusal.Mistaken("/metadata", "would have more than " + Labels.MOST + " strings"));
    }
}
