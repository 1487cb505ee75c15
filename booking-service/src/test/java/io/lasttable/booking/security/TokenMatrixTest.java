package io.lasttable.booking.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.lasttable.booking.security.Operations.Operation;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every operation with every kind of token. A new operation is in it by being in the OpenAPI document, as it must be. */
@QuarkusTest
class TokenMatrixTest {

    /** What may be asked without a token; to add one is a decision. */
    private static final Set<String> PUBLIC = Set.of(
            "GET /v1/venues",
            "GET /v1/venues/{venueId}",
            "POST /v1/publishable-keys/{id}/tokens",
            "GET /v1/calendar/{secret}.ics",
            "GET /v1/calendar/reservations/{token}.ics");

    /** They find nothing in venues that a token does not reach, and say no more than that. */
    private static final Set<String> OVER_ALL_VENUES = Set.of("POST /v1/guests/erase", "GET /v1/webhooks");

    private static final Map<String, String> PLACE = Map.of(
            "venueId",
            Tokens.VENUE,
            "id",
            "00000000-0000-4000-8000-000000000000",
            "blockId",
            "rain",
            "eventId",
            "00000000-0000-4000-8000-000000000001",
            "secret",
            "none",
            "token",
            "a.b.c");

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<String> wrong = new ArrayList<>();

    @TestHTTPResource
    URI url;

    @ConfigProperty(name = "lasttable-test.token-key")
    String privateKey;

    @ConfigProperty(name = "quarkus.oidc.public-key")
    String publicKey;

    @ConfigProperty(name = "lasttable.watch-token-key")
    String watchTokenKey;

    private Tokens tokens;

    @BeforeEach
    void readKeys() {
        tokens = new Tokens(privateKey, publicKey, watchTokenKey);
    }

    @Test
    void onlyWhatIsListedHereIsPublic() {
        assertThat(Operations.all().stream().filter(Operation::isPublic).map(Operation::toString))
                .containsExactlyInAnyOrderElementsOf(PUBLIC);
        assertThat(Operations.all()).hasSizeGreaterThanOrEqualTo(20);
    }

    @Test
    void whatProvesNothingOpensNothing() throws Exception {
        Map<String, String> worthless = tokens.worthless();
        for (Operation operation : Operations.all()) {
            if (!operation.isPublic()) {
                expect(operation, "no token", null, Set.of(401));
            }
            for (var token : worthless.entrySet()) {
                boolean otherScheme =
                        token.getValue().startsWith("Token") || token.getValue().equals("Bearer ");
                expect(
                        operation,
                        token.getKey(),
                        token.getValue(),
                        operation.isPublic() && otherScheme ? Set.of(200, 401, 404) : Set.of(401));
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void aTokenWithoutTheScopeOrTheVenueOpensNothing() throws Exception {
        Map<String, String> powerless = tokens.powerless();
        Map<String, String> ofElsewhere = tokens.elsewhere();
        for (Operation operation : protectedOnes()) {
            for (var token : powerless.entrySet()) {
                expect(operation, token.getKey(), token.getValue(), Set.of(403));
            }
            Set<Integer> elsewhere = operation.isOfAVenue() ? Set.of(403) : Set.of(400, 404, 412, 428);
            for (var token : ofElsewhere.entrySet()) {
                expect(
                        operation,
                        token.getKey(),
                        token.getValue(),
                        OVER_ALL_VENUES.contains(operation.toString()) ? Set.of(200) : elsewhere);
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void theScopeThatIsDocumentedIsTheOneThatOpens() throws Exception {
        for (Operation operation : protectedOnes()) {
            assertThat(operation.scope()).as(operation.toString()).isNotEmpty();
            for (String scope : operation.scope().split(" ")) {
                String others = Tokens.ALL.replace(scope, "").strip().replace("  ", " ");
                expect(operation, "all scopes but " + scope, "Bearer " + tokens.withScopes(others), Set.of(403));
            }
            int status = status(operation, "Bearer " + tokens.withScopes(operation.scope()));
            assertThat(status).as(operation + " with its scope").isNotIn(401, 403);
        }
        assertThat(wrong).isEmpty();
    }

    /** Otherwise the others would prove nothing. */
    @Test
    void whatOpensEverythingIsRefusedNowhere() throws Exception {
        String good = "Bearer " + tokens.good();
        for (Operation operation : protectedOnes()) {
            int status = status(operation, good);
            if (status == 401 || status == 403 || status >= 500) {
                wrong.add(operation + ": " + status);
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static List<Operation> protectedOnes() {
        return Operations.all().stream()
                .filter(operation -> !operation.isPublic())
                .toList();
    }

    private void expect(Operation operation, String name, String authorization, Set<Integer> expected)
            throws Exception {
        int status = status(operation, authorization);
        if (!expected.contains(status)) {
            wrong.add(operation + " with " + name + ": " + status + " and not " + expected);
        }
    }

    private int status(Operation operation, String authorization) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(url.resolve(operation.path(PLACE)))
                .header("Content-Type", operation.mediaType())
                .method(
                        operation.method(),
                        operation.body().isEmpty()
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofString(operation.body()));
        if (authorization != null) {
            request = request.header("Authorization", authorization);
        }
        return http.send(request.build(), BodyHandlers.discarding()).statusCode();
    }
}
