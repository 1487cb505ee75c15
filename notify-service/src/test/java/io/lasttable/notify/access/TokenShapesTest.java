package io.lasttable.notify.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lasttable.notify.NotifyConfig;
import io.lasttable.notify.world.Settings;
import io.quarkus.oidc.AccessTokenCredential;
import io.quarkus.oidc.runtime.OidcJwtCallerPrincipal;
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

/** Tokens as Cognito, Keycloak, Auth0 and Entra make them: booking-service's examples, with the settings that stand in them. */
class TokenShapesTest {

    static Stream<Path> shapes() throws IOException {
        try (var files = Files.list(Path.of("..", "booking-service", "contract", "tokens"))) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void aTokenIsBelievedIfItIsForUsAndOpensWhatItSays(Path file) throws Exception {
        JsonNode shape = new ObjectMapper().readTree(file.toFile());
        NotifyConfig config = config(shape.get("settings"));
        JwtClaims claims = JwtClaims.parse(shape.get("claims").toString());
        boolean believed = shape.path("believed").asBoolean(true);
        assertThat(new AccessTokens(config).validate(new JwtContext(claims, List.of())) == null)
                .isEqualTo(believed);
        if (believed) {
            Bearer bearer = new Bearers(null, config)
                    .bearer(new OidcJwtCallerPrincipal(claims, new AccessTokenCredential("token")));
            boolean reads = shape.get("scopes").toString().contains("\"reservations:read\"");
            assertThat(bearer.mayRead(shape.at("/venues/0").asText())).isEqualTo(reads);
            assertThat(bearer.mayRead("another-venue")).isFalse();
        }
    }

    private static NotifyConfig config(JsonNode settings) {
        Map<String, String> values = new HashMap<>();
        settings.fields()
                .forEachRemaining(setting -> values.put(
                        "lasttable.oidc." + setting.getKey(), setting.getValue().asText()));
        return Settings.with(values);
    }
}
