package io.lasttable.notify.snapshot;

import io.lasttable.notify.NotifyConfig;
import io.lasttable.notify.document.ChangeDocument;
import io.lasttable.notify.reservation.Change;
import io.lasttable.notify.reservation.Subject;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.unchecked.Unchecked;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.resteasy.reactive.RestResponse;

/** Asks booking-service for reservations and waitlist entries, in the name of the guest who watches. */
@ApplicationScoped
public class ReservationSnapshots {

    private final BookingApi booking;
    private final NotifyConfig.Snapshot settings;
    private final Map<Subject, String> tokens = new ConcurrentHashMap<>();
    private Asking<Subject, Change> asking;

    ReservationSnapshots(@RestClient BookingApi booking, NotifyConfig config) {
        this.booking = booking;
        this.settings = config.snapshot();
    }

    /** Called once, before the first {@link #fetch}. */
    public void start(Predicate<Subject> wanted, BiConsumer<Subject, Answer<Change>> listener) {
        asking = new Asking<>(settings, this::ask, wanted, listener);
    }

    /** Asks until there is an answer or nobody wants the subject any more. Any thread. */
    public void fetch(Subject subject, String token) {
        tokens.put(subject, token);
        asking.ask(subject);
    }

    /** Nobody watches the subject any more. */
    public void forget(Subject subject) {
        tokens.remove(subject);
    }

    private Uni<Answer<Change>> ask(Subject subject) {
        String token = tokens.getOrDefault(subject, "");
        Uni<RestResponse<byte[]>> response = subject.kind() == Subject.Kind.WAITLIST
                ? booking.waitlistEntry(subject.id(), token)
                : booking.reservation(subject.id(), token);
        return response.map(Unchecked.function(had -> answer(subject, had)));
    }

    private static Answer<Change> answer(Subject subject, RestResponse<byte[]> response) throws IOException {
        return switch (response.getStatus()) {
            case 200 -> found(subject, ChangeDocument.parse(subject.kind(), response.getEntity()));
            case 401, 403 -> new Answer.Missing<>("token-invalid", "The token is not accepted for it.");
            case 404, 410 -> new Answer.Missing<>("unknown-reservation", "It does not exist any more.");
            default -> throw new IOException("status " + response.getStatus());
        };
    }

    private static Answer<Change> found(Subject subject, Change change) throws IOException {
        if (!change.subject().equals(subject)) {
            throw new IOException("answered with " + change.subject());
        }
        return new Answer.Found<>(change);
    }
}
