package io.lasttable.local;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The host's page where the platform serves it: nobody gets in whom the issuer does not know. */
class SignInIT extends BrowserStories {

    private static final String DATE = LocalDate.now().plusDays(6).toString();

    private static final String REVOKE = "/local/revoke";

    @BeforeAll
    static void launch() throws Exception {
        api.publish("signed-in", DATE);
        assertThat(api.book("signed-in", DATE, "19:00").statusCode()).isEqualTo(201);
    }

    @Test
    void aHostSignsInAndComesBackToTheirDay() {
        Page page = staff();
        assertThat(page.getByTestId("connection-state")).hasAttribute("data-state", "live");
        assertThat(page.getByTestId("entry")).containsText("Ada");
        assertThat(page).hasURL(Pattern.compile("/web/v1/staff\\.html\\?venue=signed-in&date=" + DATE + "$"));
        page.getByTestId("entry-cancel").click();
        page.getByTestId("sure-yes").click();
        assertThat(page.getByTestId("entry")).hasAttribute("data-status", "cancelled");
        page.getByTestId("undo").click();
        assertThat(page.getByTestId("entry")).hasAttribute("data-status", "confirmed");
        Object stored =
                page.evaluate("JSON.stringify([...Object.values(localStorage), ...Object.values(sessionStorage)])");
        assertThat(stored.toString()).as("what is stored").doesNotContain("eyJ");
    }

    @Test
    void whomTheIssuerRefusesIsToldWhyAndGoesInNoCircle() {
        Page page = browser.context().newPage();
        page.route("**/local/authorize?*", route -> {
            String asked = route.request().url();
            String state = asked.replaceFirst(".*[?&]state=([^&]+).*", "$1");
            route.fulfill(new Route.FulfillOptions()
                    .setStatus(302)
                    .setHeaders(Map.of(
                            "Location",
                            RunningPlatform.url()
                                    + "/web/v1/staff.html?error=access_denied&error_description=Not+today&state="
                                    + state)));
        });
        var answer = page.navigate(RunningPlatform.url() + "/web/v1/staff.html?venue=signed-in&date=" + DATE);
        assertThat(answer).isNotNull();
        assertThat(page.locator("#message")).containsText("Not today");
        assertThat(page.getByTestId("entry")).hasCount(0);
    }

    @Test
    void whoSignsOutLeavesNoTokenThatSignsInAnew() {
        InstalledBrowser.onlyChromium("tells a test what a request carries");
        Page page = browser.context().newPage();
        answerWith(page, "**/.well-known/openid-configuration", "revocation_endpoint", RunningPlatform.url() + REVOKE);
        answerWith(page, "**/local/token", "refresh_token", "again");
        page.route("**" + REVOKE, unanswered -> {});
        open(page);
        assertThat(page.getByTestId("entry")).containsText("Ada");
        var revocation = page.waitForRequest(
                "**" + REVOKE, () -> page.getByTestId("sign-out").click());
        assertThat(revocation.method()).isEqualTo("POST");
        assertThat(revocation.postData().split("&"))
                .contains("token=again", "token_type_hint=refresh_token")
                .anyMatch(each -> each.startsWith("client_id="));
        assertThat(page.locator("#message")).containsText("Signed out."); // though it is not answered
    }

    @Test
    void whoseBrowserKeepsNothingIsToldWhatSigningInNeeds() {
        Page page = browser.context().newPage();
        page.addInitScript("Object.defineProperty(window, 'sessionStorage',"
                + " { get() { throw new DOMException('blocked', 'SecurityError'); } });");
        open(page);
        assertThat(page.locator("#message")).containsText("Signing in needs storage");
    }

    /** As the issuer answers, with something more. */
    private static void answerWith(Page page, String address, String name, String value) {
        page.route(address, route -> {
            JsonObject answer = new JsonObject(route.fetch().text()).put(name, value);
            route.fulfill(new Route.FulfillOptions()
                    .setContentType("application/json")
                    .setBody(answer.encode()));
        });
    }

    private static Page staff() {
        Page page = browser.context().newPage();
        open(page);
        return page;
    }

    private static void open(Page page) {
        var answer = page.navigate(RunningPlatform.url() + "/web/v1/staff.html?venue=signed-in&date=" + DATE);
        assertThat(answer.ok()).isTrue();
    }
}
