package io.lasttable.booking.access;

import io.lasttable.booking.problem.Problem;
import io.lasttable.booking.venue.VenueId;
import io.quarkus.oidc.runtime.OidcJwtCallerPrincipal;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.RequestScoped;
import jakarta.json.JsonString;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * What the current request may: by its bearer token, claim {@code scope}, bounded by the claim for venues; or by a guest's own link, what
 * {@link Lookup} has let them at.
 */
@RequestScoped
public class Access {

    private static final String EVERY_VENUE = "*";

    private final SecurityIdentity identity;
    private final JsonWebToken token;
    private final AccessSettings.Oidc oidc;
    private Optional<WatchTokens.Watched> guests = Optional.empty();

    Access(SecurityIdentity identity, JsonWebToken token, AccessSettings settings) {
        this.identity = identity;
        this.token = token;
        this.oidc = settings.oidc();
    }

    /** Throws 401 without a token, 403 when it lacks the scope or the venue. */
    public void require(Scope scope, VenueId venue) {
        require(scope);
        if (!reaches(venue)) {
            throw Problem.of(
                    Problem.Type.FORBIDDEN, "The token's " + oidc.venuesClaim() + " does not include " + venue + ".");
        }
    }

    /** Throws 401 or 403 unless the token may book there: for the house, or as a guest. */
    public void requireBooking(VenueId venue) {
        require(booksAsGuest() ? Scope.RESERVATIONS_BOOK : Scope.RESERVATIONS_WRITE, venue);
    }

    /** Whether the token books as one guest, and not for the house. */
    public boolean booksAsGuest() {
        return !identity.isAnonymous() && has(Scope.RESERVATIONS_BOOK) && !has(Scope.RESERVATIONS_WRITE);
    }

    /** Whether the token was given for a publishable key, so that nobody knows who holds it. */
    public boolean isOfKey() {
        return !identity.isAnonymous() && claim(GuestTokens.KEY) != null;
    }

    /** As {@link #require(Scope, VenueId)}, of something whose id must not tell a stranger that it exists. */
    public void requireHidden(Scope scope, VenueId venue, Supplier<Problem> unknown) {
        require(scope);
        if (!reaches(venue)) {
            throw unknown.get();
        }
    }

    /** Throws 401 without a token, 403 when it lacks the scope. */
    public void require(Scope scope) {
        if (identity.isAnonymous()) {
            throw Problem.of(Problem.Type.UNAUTHORIZED, "Send a bearer token with the scope " + scope.claim() + ".");
        }
        if (!has(scope)) {
            throw Problem.of(Problem.Type.FORBIDDEN, "The token lacks the scope " + scope.claim() + ".");
        }
    }

    /** The link was good: the request is the guest's, about this and nothing else. */
    void admitGuest(WatchTokens.Watched place) {
        guests = Optional.of(place);
    }

    /** Whether the guest themselves ask. */
    public boolean isGuest() {
        return guests.isPresent();
    }

    public boolean isAnonymous() {
        return identity.isAnonymous();
    }

    /** Who asks: the token's subject, or else its client; of a guest, what their link is for. */
    public String caller() {
        return guests.map(place -> "guest of " + place.id()).orElseGet(this::subject);
    }

    private String subject() {
        String subject = token.getSubject();
        return subject != null ? subject : identity.getPrincipal().getName();
    }

    /** Who asks: a machine when the token was made for a client by itself, as each of the issuers that we know says it. */
    public Caller who() {
        if (isGuest()) {
            return new Caller(Caller.Kind.GUEST, caller());
        }
        if (isOfKey()) {
            return new Caller(Caller.Kind.GUEST_OF_KEY, text(GuestTokens.KEY));
        }
        String client = Stream.of("client_id", "azp", "appid")
                .map(this::text)
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElse("");
        String subject = caller();
        boolean machine = subject.equals(client)
                || subject.endsWith("@clients")
                || text("gty").equals("client-credentials")
                || text("idtyp").equals("app")
                || text("preferred_username").startsWith("service-account-");
        return machine
                ? new Caller(Caller.Kind.MACHINE, client.isEmpty() ? subject : client)
                : new Caller(Caller.Kind.PERSON, subject);
    }

    /** The venues that the token reaches; absent when it reaches all. */
    public Optional<Set<String>> venues() {
        Set<String> venues = named();
        return venues.contains(EVERY_VENUE) ? Optional.empty() : Optional.of(venues);
    }

    private boolean reaches(VenueId venue) {
        Set<String> venues = named();
        return venues.contains(EVERY_VENUE) || venues.contains(venue.value());
    }

    private Set<String> named() {
        return strings(claim(oidc.venuesClaim()));
    }

    /** Whether who asks may hand on a guest's link: it opens what they can see and change themselves. */
    public boolean handsOutLinks() {
        return isGuest() || seesGuests() && has(Scope.RESERVATIONS_WRITE);
    }

    /** Whether guests' names, contacts and notes may be shown, whoever entered them. */
    public boolean seesGuests() {
        return isGuest() || has(Scope.RESERVATIONS_READ) || has(Scope.GUESTS_READ);
    }

    /** A claim for scopes is one string with spaces between them (RFC 9068), or, for roles, an array. */
    private boolean has(Scope scope) {
        String wanted = oidc.scopePrefix().orElse("") + scope.claim();
        return oidc.scopeClaims().stream()
                .flatMap(name -> strings(claim(name)).stream())
                .anyMatch(scopes -> List.of(scopes.split(" ")).contains(wanted));
    }

    private String text(String claim) {
        return strings(claim(claim)).stream().findFirst().orElse("");
    }

    /** {@link JsonWebToken#getClaim} finds out with an exception that a claim is none of the standard ones. */
    private Object claim(String name) {
        return identity.getPrincipal() instanceof OidcJwtCallerPrincipal principal
                ? principal.getClaims().getClaimValue(name)
                : token.getClaim(name);
    }

    /** The strings of a claim that is a string or has some: what else an issuer may put there allows nothing. */
    private static Set<String> strings(Object claim) {
        if (claim instanceof Collection<?> many) {
            return many.stream().flatMap(each -> strings(each).stream()).collect(Collectors.toSet());
        }
        if (claim instanceof JsonString one) {
            return Set.of(one.getString());
        }
        return claim instanceof String one ? Set.of(one) : Set.of();
    }
}
