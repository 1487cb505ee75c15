package io.lasttable.availability.venue;

import io.lasttable.availability.problem.Problem;
import io.lasttable.availability.problem.ProblemException;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** The venues that are known. */
@ApplicationScoped
public class Venues implements PanacheRepositoryBase<VenueRow, String> {

    /** Fails with {@code unknown-venue} unless the venue is published. */
    @WithSession
    public Uni<Void> mustExist(VenueId id) {
        return findById(id.value())
                .onItem()
                .ifNull()
                .failWith(() -> new ProblemException(new Problem.UnknownVenue(id.value())))
                .replaceWithVoid();
    }
}
