package io.lasttable.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** In the demo people sign in to the host's screen, where they are told at which address it is reached. */
class DemoSignInTest {

    private static final String PUBLIC = "https://tables.example.com";
    private static final Manifest DEMO = Chart.forDemo()
            .with("demo.publicUrl", PUBLIC)
            .with("ingress.enabled", true)
            .with("ingress.className", "nginx")
            .with("ingress.pathStyle", "regex")
            .with("alb.enabled", false)
            .with("networkPolicy.ingressNamespaces[0]", "ingress-nginx")
            .render();

    @Test
    void theHostsScreenIsAPublicClientThatProvesItselfByPkce() throws Exception {
        JsonNode client = named(realm(DEMO).at("/clients"), "clientId", "lasttable-web");
        assertThat(client.at("/publicClient").asBoolean()).isTrue();
        assertThat(client.at("/standardFlowEnabled").asBoolean()).isTrue();
        assertThat(client.at("/attributes/pkce.code.challenge.method").asText()).isEqualTo("S256");
        assertThat(client.at("/redirectUris"))
                .hasSize(2)
                .allSatisfy(uri -> assertThat(uri.asText()).startsWith(PUBLIC + "/web/v1/"));
        assertThat(client.at("/webOrigins/0").asText()).isEqualTo(PUBLIC);
        assertThat(client.at("/optionalClientScopes").toString())
                .contains("guests:read", "guests:write")
                .doesNotContain("erase", "override", "webhooks");
        assertThat(named(realm(DEMO).at("/users"), "username", "host")
                        .at("/credentials/0/value")
                        .asText())
                .isEqualTo(secret(DEMO, "host-password"))
                .hasSizeGreaterThan(12);
    }

    /** With that realm a browser has signed in at a real Keycloak: {@code KeycloakIT} of {@code local}. */
    @Test
    void theRealmIsTheOneThatABrowserHasSignedInTo() throws Exception {
        Manifest demo = Chart.forDemo()
                .with("demo.publicUrl", "http://tables.example.com")
                .render();
        String tried = Files.readString(Chart.FOLDER.resolve("src/test/resources/demo-realm.json"))
                .replace("demo-secret", secret(demo, "client-secret"))
                .replace("host-password", secret(demo, "host-password"));
        assertThat(realm(demo)).isEqualTo(new ObjectMapper().readTree(tried));
    }

    @Test
    void browsersReachTheIssuerWhereTheyReachThePages() {
        assertThat(environment("keycloak")).contains("KC_HOSTNAME=" + PUBLIC, "KC_HOSTNAME_BACKCHANNEL_DYNAMIC=true");
        assertThat(environment("notify-service")).contains("LASTTABLE_WEB_ISSUER=" + PUBLIC + "/realms/lasttable");
        assertThat(DEMO.object("Ingress", "lasttable").toString())
                .contains("/realms/lasttable/.*", "/resources/.*", "lasttable-keycloak")
                .as("Keycloak's own realm")
                .doesNotContain("/realms/.*", "master", "/admin");
        assertThat(DEMO.object("NetworkPolicy", "lasttable-keycloak").toString())
                .contains("ingress-nginx");
    }

    @Test
    void passwordsAreNotGuessedAndDoNotTravelInTheClear() throws Exception {
        assertThat(realm(DEMO).at("/bruteForceProtected").asBoolean()).isTrue();
        assertThat(realm(DEMO).at("/sslRequired").asText()).isEqualTo("external");
        Manifest plain =
                Chart.forDemo().with("demo.publicUrl", "http://localhost:8080").render();
        assertThat(realm(plain).at("/sslRequired").asText()).isEqualTo("none");
    }

    @Test
    void withoutAnAddressNobodySignsInAndNothingLeadsToTheIssuer() throws Exception {
        Manifest plain = Chart.forDemo().render();
        assertThat(realm(plain).at("/users")).isEmpty();
        assertThat(realm(plain).at("/clients")).hasSize(1);
        assertThat(plain.object("Deployment", "lasttable-notify-service").toString())
                .doesNotContain("LASTTABLE_WEB_ISSUER");
    }

    private static String environment(String part) {
        StringBuilder all = new StringBuilder();
        DEMO.object("Deployment", "lasttable-" + part)
                .at("/spec/template/spec/containers/0/env")
                .forEach(each -> all.append(each.at("/name").asText())
                        .append('=')
                        .append(each.at("/value").asText())
                        .append('\n'));
        return all.toString();
    }

    private static JsonNode realm(Manifest manifest) throws Exception {
        return new ObjectMapper().readTree(secret(manifest, "realm.json"));
    }

    private static String secret(Manifest manifest, String key) {
        JsonNode data = manifest.object("Secret", "lasttable-demo").at("/data");
        return new String(Base64.getDecoder().decode(data.get(key).asText()), StandardCharsets.UTF_8);
    }

    private static JsonNode named(JsonNode list, String member, String name) {
        return StreamSupport.stream(list.spliterator(), false)
                .filter(each -> each.at("/" + member).asText().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
