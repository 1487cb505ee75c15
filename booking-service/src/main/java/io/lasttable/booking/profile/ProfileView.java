package io.lasttable.booking.profile;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.lasttable.booking.daybook.GuestVisits;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A profile as JSON: personal data, for who may read guests.
 *
 * @param venueId of the venue that made it
 * @param others of the same guest, which houses had before they came together
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record ProfileView(
        String id,
        String venueId,
        List<String> emails,
        List<String> phones,
        List<String> tags,
        Optional<String> allergies,
        Optional<String> notes,
        long version,
        String createdAt,
        String updatedAt,
        GuestVisits.Visits visits,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> others) {

    /** What is answered to a write: nothing of the guest, so that it may be kept for an Idempotency-Key. */
    record Written(String id, String venueId, long version) {

        static Written of(Profile profile) {
            return new Written(profile.id().toString(), profile.home().value(), profile.version());
        }
    }

    static ProfileView of(Profile profile, GuestVisits.Visits visits, List<Profile> others) {
        return new ProfileView(
                profile.id().toString(),
                profile.home().value(),
                values(profile, Contact.Kind.EMAIL),
                values(profile, Contact.Kind.PHONE),
                profile.facts().tags(),
                profile.facts().allergies(),
                profile.facts().notes(),
                profile.version(),
                profile.createdAt().toString(),
                profile.updatedAt().toString(),
                visits,
                others.stream().map(Profile::id).map(UUID::toString).toList());
    }

    private static List<String> values(Profile profile, Contact.Kind kind) {
        return profile.facts().contacts().stream()
                .filter(contact -> contact.kind() == kind)
                .map(Contact::value)
                .sorted()
                .toList();
    }
}
