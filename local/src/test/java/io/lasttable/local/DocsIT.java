package io.lasttable.local;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page to read and try the API, in a browser, under its policy. */
class DocsIT {

    @BeforeAll
    static void start() throws Exception {
        assertThat(RunningPlatform.get()).isNotNull();
    }

    @Test
    void thePageShowsTheDocumentsOfAllServicesTriesACallAndRunsNothingOfItsOwnThatThePolicyForbids() {
        try (InstalledBrowser browser = InstalledBrowser.launch()) {
            Page page = browser.context().newPage();
            List<String> complaints = new CopyOnWriteArrayList<>();
            List<String> elsewhere = new CopyOnWriteArrayList<>();
            page.onConsoleMessage(said -> complain(said, complaints));
            page.onRequest(request -> {
                if (!request.url().startsWith(RunningPlatform.url())
                        && !request.url().startsWith("data:")) {
                    elsewhere.add(request.url());
                }
            });
            var answer = page.navigate(RunningPlatform.url() + "/v1/docs/");
            assertThat(answer.ok()).isTrue();
            Locator list = operation(page, "GET", "/v1/venues");
            list.locator("button").first().click();
            list.getByText("Try it out").click();
            list.getByText("Execute").click();
            assertThat(list.locator(".live-responses-table tbody .response-col_status")
                            .first())
                    .containsText("200");
            for (String service : List.of("availability", "live", "booking")) {
                var chosen = page.locator("#select").selectOption("/v1/openapi/" + service + ".yaml");
                assertThat(chosen).hasSize(1);
                assertThat(page.locator(".info a.link").first()).containsText(service + ".yaml");
            }
            assertThat(complaints).isEmpty();
            assertThat(elsewhere).isEmpty();
            browser.closeWindows();
        }
    }

    private static Locator operation(Page page, String method, String path) {
        return page.locator(".opblock")
                .filter(new Locator.FilterOptions()
                        .setHas(page.locator(".opblock-summary-method:text-is('" + method + "')")))
                .filter(new Locator.FilterOptions().setHas(page.locator("[data-path='" + path + "']")));
    }

    private static void complain(ConsoleMessage said, List<String> complaints) {
        if (said.type().equals("error")) {
            complaints.add(said.text());
        }
    }
}
