package io.lasttable.availability.venue;

import io.lasttable.availability.problem.Problem;
import io.lasttable.availability.problem.ProblemException;
import io.lasttable.availability.settings.AvailabilitySettings;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** The venues that are known. */
@ApplicationScoped
public class Venues implements PanacheRepositoryBase<VenueRow, String> {

    private final Duration timeout;

    Venues(AvailabilitySettings settings) {
        this.timeout = settings.reads().timeout();
    }

    /** Fails with {@code unknown-venue} unless the venue is published. */
    @WithSession
    public Uni<Void> mustExist(VenueId id) {
        return findById(id.value())
                .ifNoItem()
                .after(timeout)
                .fail()
                .onItem()
                .ifNull()
                .failWith(() -> new ProblemException(new Problem.UnknownVenue(id.value())))
                .replaceWithVoid();
    }
}
