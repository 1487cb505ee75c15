package io.lasttable.booking.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lasttable.booking.Settings;
import io.lasttable.booking.problem.Problem;
import io.lasttable.booking.venue.VenueId;
import io.quarkus.oidc.AccessTokenCredential;
import io.quarkus.oidc.runtime.OidcJwtCallerPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.JwtContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tokens as Cognito, Keycloak, Auth0 and Entra make them, with the settings that docs/deployment/identity.md gives: in
 * contract/tokens, which notify-service is tested on too.
 */
class TokenShapesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final VenueId ANOTHER = new VenueId("another-venue");

    static Stream<Path> shapes() throws IOException {
        try (var files = Files.list(Path.of("contract", "tokens"))) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void aTokenIsBelievedIfItIsForUsAndOpensWhatItSays(Path file) throws Exception {
        JsonNode shape = JSON.readTree(file.toFile());
        AccessSettings config = config(shape.get("settings"));
        JwtClaims claims = JwtClaims.parse(shape.get("claims").toString());
        boolean believed = shape.path("believed").asBoolean(true);
        assertThat(new AccessTokens(config).validate(new JwtContext(claims, List.of())) == null)
                .isEqualTo(believed);
        if (believed) {
            List<String> scopes = strings(shape.get("scopes"));
            assertThat(access(claims, config).who().kind())
                    .isEqualTo(shape.path("machine").asBoolean() ? Caller.Kind.MACHINE : Caller.Kind.PERSON);
            VenueId venue = new VenueId(shape.at("/venues/0").asText());
            for (Scope scope : Scope.values()) {
                opens(access(claims, config), scope, venue, scopes.contains(scope.claim()));
            }
        }
    }

    private static void opens(Access access, Scope scope, VenueId venue, boolean expected) {
        if (expected) {
            assertThatCode(() -> access.require(scope, venue)).as(scope.claim()).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> access.require(scope, venue))
                    .as(scope.claim())
                    .isInstanceOf(Problem.class);
        }
        assertThatThrownBy(() -> access.require(scope, ANOTHER)).isInstanceOf(Problem.class);
    }

    private static Access access(JwtClaims claims, AccessSettings config) {
        OidcJwtCallerPrincipal principal = new OidcJwtCallerPrincipal(claims, new AccessTokenCredential("token"));
        return new Access(
                QuarkusSecurityIdentity.builder().setPrincipal(principal).build(), principal, config);
    }

    private static AccessSettings config(JsonNode settings) {
        Map<String, String> values = new HashMap<>();
        settings.fields()
                .forEachRemaining(setting -> values.put(
                        "lasttable.oidc." + setting.getKey(), setting.getValue().asText()));
        values.put("lasttable.watch-token-key", "0123456789012345678901234567890123456789");
        return Settings.of(AccessSettings.class, values);
    }

    private static List<String> strings(JsonNode array) {
        return JSON.convertValue(array, JSON.getTypeFactory().constructCollectionType(List.class, String.class));
    }
}
