package io.lasttable.booking.guest;

import io.lasttable.booking.daybook.ErasedGuests;
import io.lasttable.booking.daybook.Sought;
import io.lasttable.booking.idempotency.StoredAnswers;
import io.lasttable.booking.outbox.Outbox;
import io.lasttable.booking.profile.Profiles;
import io.lasttable.edge.DatabaseClock;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Takes a guest's personal data out of the database: name, e-mail and telephone, the notes of their reservations, and what stored
 * answers to idempotency keys repeat of both; and their profiles. That they are gone is told with their references. Reservations, their tables and their history stay, with a reference that leads to
 * nobody. Kafka and the changes feed never had more than that reference.
 */
@ApplicationScoped
class GuestErasure {

    /** How many guests and reservations have lost their personal data, and how many profiles are gone. */
    record Erased(int guests, int reservations, int profiles) {}

    private final StoredAnswers answers;
    private final Profiles profiles;
    private final Outbox outbox;

    GuestErasure(StoredAnswers answers, Profiles profiles, Outbox outbox) {
        this.answers = answers;
        this.profiles = profiles;
        this.outbox = outbox;
    }

    /** @param venues where to look; everywhere when absent */
    Uni<Erased> erase(SqlConnection transaction, Contact contact, Optional<Set<String>> venues) {
        return Sought.of(transaction, contact.email(), contact.phone(), venues)
                .chain(sought -> erase(transaction, sought, venues));
    }

    private Uni<Erased> erase(SqlConnection transaction, Sought sought, Optional<Set<String>> venues) {
        return ErasedGuests.erase(transaction, sought, venues)
                .call(erased ->
                        answers.erase(transaction, List.of(erased.reservations(), erased.entries()), sought, venues))
                .call(erased -> tell(transaction, erased))
                .chain(erased -> profiles.erase(transaction, sought, venues)
                        .map(gone -> new Erased(
                                erased.guests().count(), erased.reservations().count(), gone)));
    }

    private Uni<Void> tell(SqlConnection transaction, ErasedGuests erased) {
        return erased.guests().count() == 0
                ? Uni.createFrom().voidItem()
                : outbox.append(transaction, erased.guests().events(DatabaseClock.UTC.instant()));
    }
}
