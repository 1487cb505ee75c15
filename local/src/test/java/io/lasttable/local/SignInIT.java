package io.lasttable.local;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.time.LocalDate;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The host's page where the platform serves it: nobody gets in whom the issuer does not know. */
class SignInIT {

    private static final String DATE = LocalDate.now().plusDays(6).toString();

    private static Api api;
    private static InstalledBrowser browser;

    @BeforeAll
    static void launch() throws Exception {
        browser = InstalledBrowser.launch();
        assertThat(RunningPlatform.get()).isNotNull();
        api = new Api(RunningPlatform.url());
        api.publish("signed-in", DATE);
        assertThat(api.book("signed-in", DATE, "19:00").statusCode()).isEqualTo(201);
    }

    @AfterEach
    void closeWindows() {
        browser.closeWindows();
    }

    @AfterAll
    static void quit() {
        if (browser != null) {
            browser.close();
        }
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

    private static Page staff() {
        Page page = browser.context().newPage();
        var answer = page.navigate(RunningPlatform.url() + "/web/v1/staff.html?venue=signed-in&date=" + DATE);
        assertThat(answer.ok()).isTrue();
        return page;
    }
}
