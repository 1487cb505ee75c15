package io.lasttable.local;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.lasttable.embedded.FreePorts;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The host's page at a real Keycloak, with the realm of the chart's demo and its user. Runs only where one is named: see {@link Keycloak}. */
class KeycloakIT {

    private static final String DATE = LocalDate.now().plusDays(6).toString();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static Keycloak keycloak;
    private static Options options;
    private static Platform platform;
    private static InstalledBrowser browser;

    @BeforeAll
    static void start() throws Exception {
        Path root =
                Path.of(System.getProperty("local.root", "..")).toAbsolutePath().normalize();
        Path data = root.resolve(
                "local/target/keycloak-test-" + ProcessHandle.current().pid());
        Options local = Options.onFreePorts(Setup.standard(), data);
        keycloak = Keycloak.start(root, FreePorts.next(), local.url());
        Setup setup = local.setup();
        for (Service service : Service.values()) {
            setup = setup.withEnvironment(service, Map.of("LASTTABLE_OIDC_ISSUER_URL", keycloak.issuer()));
        }
        setup = setup.withEnvironment(
                Service.NOTIFY,
                Map.of(
                        "LASTTABLE_WEB_ISSUER",
                        keycloak.issuer(),
                        "LASTTABLE_WEB_SCOPE",
                        "openid venues:write reservations:write reservations:read guests:read"));
        options = new Options(local.root(), local.data(), local.run(), local.ports(), setup);
        platform = Platform.start(options, step -> {});
        browser = InstalledBrowser.launch();
        JsonObject venue = new JsonObject()
                .put("venueId", "signed-in-for")
                .put("name", "The Last Table")
                .put("timeZone", "Europe/London")
                .put("tables", List.of(Map.of("id", "T1", "minCovers", 1, "maxCovers", 2)))
                .put(
                        "servicePeriods",
                        List.of(Map.of(
                                "name", "dinner",
                                "days", List.of("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"),
                                "firstSeating", "17:30",
                                "lastSeating", "22:00",
                                "slotInterval", "PT30M",
                                "turnTimes", List.of(Map.of("upToPartySize", 2, "duration", "PT1H30M")))))
                .put("bookingWindow", Map.of("maxDaysAhead", 30, "minNotice", "PT0M"));
        assertThat(send("PUT", "/v1/venues/signed-in-for", venue)).isEqualTo(201);
        JsonObject wish = new JsonObject()
                .put("date", DATE)
                .put("time", "19:00")
                .put("partySize", 2)
                .put("guest", Map.of("name", "Ada"));
        assertThat(send("POST", "/v1/venues/signed-in-for/reservations", wish)).isEqualTo(201);
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
        if (platform != null) {
            platform.close();
        }
        if (keycloak != null) {
            keycloak.close();
        }
    }

    @Test
    void theDemosHostSignsInWorksGoesToTheSetUpReloadsAndSignsOut() {
        Page page = browser.context().newPage();
        assertThat(page.navigate(at("staff")).ok()).isTrue();
        signIn(page);
        assertThat(page.getByTestId("connection-state")).hasAttribute("data-state", "live");
        assertThat(page.getByTestId("entry")).containsText("Ada");
        assertThat(page).hasURL(Pattern.compile("/web/v1/staff\\.html\\?venue=signed-in-for&date=" + DATE + "$"));
        page.getByTestId("entry-cancel").click();
        page.getByTestId("sure-yes").click();
        assertThat(page.getByTestId("entry")).hasAttribute("data-status", "cancelled");
        page.getByTestId("undo").click();
        assertThat(page.getByTestId("entry")).hasAttribute("data-status", "confirmed");
        page.reload();
        assertThat(page.getByTestId("entry")).containsText("Ada");
        assertThat(page.getByTestId("connection-state")).hasAttribute("data-state", "live");
        page.locator("#set-up").click();
        assertThat(page.getByTestId("table")).hasCount(1);
        assertThat(page.navigate(at("staff")).ok()).isTrue();
        assertThat(page.getByTestId("sign-out")).isVisible();
        page.getByTestId("sign-out").click();
        assertThat(page.locator("#message")).containsText("Signed out.");
        assertThat(page.getByTestId("entry")).hasCount(0);
        page.getByTestId("sign-out").click();
        assertThat(page.locator("#password")).isVisible();
    }

    private static void signIn(Page page) {
        page.locator("#username").fill("host");
        page.locator("#password").fill(Keycloak.PASSWORD);
        page.locator("#kc-login").click();
    }

    private static String at(String page) {
        return options.url() + "/web/v1/" + page + ".html?venue=signed-in-for&date=" + DATE;
    }

    private static int send(String method, String path, JsonObject body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(options.url() + path))
                .header("Authorization", "Bearer " + keycloak.token())
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body.encode()))
                .build();
        return HTTP.send(request, BodyHandlers.ofString()).statusCode();
    }
}
