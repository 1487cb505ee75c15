package io.lasttable.booking.profile;

import io.lasttable.booking.access.Access;
import io.lasttable.booking.access.Scope;
import io.lasttable.booking.contact.Country;
import io.lasttable.booking.http.EntityTags;
import io.lasttable.booking.idempotency.Answer;
import io.lasttable.booking.idempotency.Idempotency;
import io.lasttable.booking.json.Json;
import io.lasttable.booking.problem.Problem;
import io.lasttable.booking.venue.VenueId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;

/**
 * Guests' profiles over REST. Whoever reaches one venue of a group has its profiles, and of the visits those to venues that they reach. What
 * writes is answered without the guest: those answers are kept for their Idempotency-Key, and a profile is nowhere but in its row.
 */
@Path("/v1/guests/profiles")
@Produces(MediaType.APPLICATION_JSON)
public class ProfileResource {

    private static final String MERGE_PATCH = "application/merge-patch+json";

    private final Profiles profiles;
    private final VisitLookup visits;
    private final Access access;
    private final Idempotency idempotency;

    ProfileResource(Profiles profiles, VisitLookup visits, Access access, Idempotency idempotency) {
        this.idempotency = idempotency;
        this.profiles = profiles;
        this.visits = visits;
        this.access = access;
    }

    @POST
    @Path("/lookup")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "lookUpGuestProfile", summary = "The profile of who has this address or number")
    public Uni<Response> lookUp(String body) {
        access.require(Scope.GUESTS_READ);
        VenueId venue = reached(body, Scope.GUESTS_READ);
        return country(venue)
                .chain(where -> profiles.of(venue, ProfileJson.sought(body, where)))
                .chain(found -> found.isEmpty()
                        ? Uni.createFrom().failure(Profiles.unknown())
                        : shown(found.get(0), found.subList(1, found.size())));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "createGuestProfile", summary = "Make a guest known, by an address or a number")
    public Uni<Response> create(String body) {
        access.require(Scope.GUESTS_WRITE);
        VenueId venue = reached(body, Scope.GUESTS_WRITE);
        return country(venue)
                .map(where -> ProfileJson.made(body, where))
                .chain(facts -> once(
                        body,
                        transaction -> profiles.create(transaction, venue, facts)
                                .map(made -> written(201, made).with("Location", "/v1/guests/profiles/" + made.id()))));
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "getGuestProfile", summary = "One guest's profile, with their visits")
    public Uni<Response> get(@PathParam("id") String id) {
        access.require(Scope.GUESTS_READ);
        return profiles.get(uuid(id), this::isReached).chain(found -> shown(found, List.of()));
    }

    @PATCH
    @Path("/{id}")
    @Consumes({MERGE_PATCH, MediaType.APPLICATION_JSON})
    @Operation(operationId = "changeGuestProfile", summary = "Change what is known of a guest")
    public Uni<Response> change(@PathParam("id") String id, @HeaderParam("If-Match") String ifMatch, String body) {
        access.require(Scope.GUESTS_WRITE);
        UUID profile = uuid(id);
        return seen(ifMatch, profile)
                .chain(version -> profiles.get(profile, this::isReached)
                        .chain(found -> country(found.home()))
                        .map(where -> ProfileJson.patch(body, where))
                        .chain(patch -> once(
                                body,
                                transaction -> profiles.change(transaction, profile, version, patch, this::isReached)
                                        .map(changed -> written(200, changed)))));
    }

    @POST
    @Path("/{id}/merge")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "mergeGuestProfiles",
            summary = "Two profiles are one guest: the other one's facts come to this one")
    public Uni<Response> merge(@PathParam("id") String id, @HeaderParam("If-Match") String ifMatch, String body) {
        access.require(Scope.GUESTS_WRITE);
        UUID kept = uuid(id);
        UUID other = ProfileJson.other(body);
        if (other.equals(kept)) {
            throw Problem.invalid("/other", "must be another profile");
        }
        return seen(ifMatch, kept)
                .chain(version -> once(
                        body,
                        transaction -> profiles.merge(transaction, kept, other, version, this::isReached)
                                .map(merged -> written(200, merged))));
    }

    @DELETE
    @Path("/{id}")
    @Operation(operationId = "deleteGuestProfile", summary = "Forget what is known of a guest; their reservations stay")
    public Uni<Response> delete(@PathParam("id") String id) {
        access.require(Scope.GUESTS_WRITE);
        return profiles.delete(uuid(id), this::isReached)
                .replaceWith(() -> Response.noContent().build());
    }

    private Uni<Response> once(String body, Function<SqlConnection, Uni<Answer>> write) {
        return idempotency.transact(body, write);
    }

    private Uni<OptionalLong> seen(String ifMatch, UUID id) {
        if (ifMatch == null || ifMatch.isBlank()) {
            throw Problem.of(
                    Problem.Type.PRECONDITION_REQUIRED, "Send If-Match with the ETag of the profile as you read it.");
        }
        return EntityTags.version(
                ifMatch, () -> profiles.get(id, this::isReached).map(Profile::version));
    }

    private VenueId reached(String body, Scope scope) {
        VenueId venue = ProfileJson.venue(body);
        access.requireHidden(scope, venue, () -> Problem.invalid("/venueId", "must be a venue that the token reaches"));
        return venue;
    }

    private Uni<Optional<Country>> country(VenueId venue) {
        return profiles.venue(venue)
                .map(found -> Country.ofZone(found.timeZone().getId()));
    }

    private boolean isReached(Profile profile) {
        return !reachedOf(profile).isEmpty();
    }

    private List<String> reachedOf(Profile profile) {
        Optional<Set<String>> all = access.venues();
        return profile.group().stream()
                .filter(venue -> all.isEmpty() || all.get().contains(venue))
                .toList();
    }

    private Uni<Response> shown(Profile profile, List<Profile> others) {
        return visits.of(profile, reachedOf(profile))
                .map(found -> Response.ok(Json.write(ProfileView.of(profile, found, others)))
                        .header("ETag", EntityTags.of(profile.version()))
                        .build());
    }

    private static Answer written(int status, Profile profile) {
        return Answer.of(status, ProfileView.Written.of(profile)).with("ETag", EntityTags.of(profile.version()));
    }

    private static UUID uuid(String id) {
        return ProfileJson.uuid(id).orElseThrow(Profiles::unknown);
    }
}
