package io.lasttable.local;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ReducedMotion;
import org.junit.jupiter.api.Test;

/** Whether the platform serves, as a browser sees it. */
class StatusPageIT {

    @Test
    void aPartThatDoesNotAnswerIsNamedAndSeenToComeBack() throws Exception {
        try (InstalledBrowser browser = InstalledBrowser.launch()) {
            assertThat(RunningPlatform.get()).isNotNull();
            var options = new Browser.NewContextOptions().setBypassCSP(true).setReducedMotion(ReducedMotion.REDUCE);
            Page page = browser.context(options).newPage();
            var answer = page.navigate(RunningPlatform.url() + "/web/v1/status.html");
            assertThat(answer.ok()).isTrue();
            for (String part : new String[] {"bookings", "reads", "live"}) {
                assertThat(page.getByTestId("part-" + part)).hasAttribute("data-state", "live");
            }
            assertThat(page.getByTestId("connection-state")).containsText("Everything serves");
            Axe.finds(page).isEmpty();
            page.route("**/calendar?*", route -> route.fulfill(new Route.FulfillOptions().setStatus(503)));
            assertThat(page.getByTestId("part-reads")).hasAttribute("data-state", "offline");
            assertThat(page.getByTestId("connection-state")).containsText("Not everything serves");
            page.unrouteAll();
            assertThat(page.getByTestId("part-reads")).hasAttribute("data-state", "live");
        }
    }

    @Test
    void aDeviceWhoseClockIsYearsOffIsNotToldThatThePlatformLags() throws Exception {
        try (InstalledBrowser browser = InstalledBrowser.launch()) {
            assertThat(RunningPlatform.get()).isNotNull();
            Page page = browser.context(new Browser.NewContextOptions()).newPage();
            page.clock().setFixedTime("2020-02-01T12:00:00Z");
            var answer = page.navigate(RunningPlatform.url() + "/web/v1/status.html");
            assertThat(answer.ok()).isTrue();
            assertThat(page.getByTestId("part-reads")).hasAttribute("data-state", "live");
        }
    }

    @Test
    void whoReadsTextTwiceAsLargeOnAPhoneNeedsNoSidewaysScrolling() throws Exception {
        try (InstalledBrowser browser = InstalledBrowser.launch()) {
            assertThat(RunningPlatform.get()).isNotNull();
            Page page = browser.context(new Browser.NewContextOptions().setViewportSize(390, 844))
                    .newPage();
            var answer = page.navigate(RunningPlatform.url() + "/web/v1/status.html");
            assertThat(answer.ok()).isTrue();
            assertThat(page.getByTestId("part-reads")).hasAttribute("data-state", "live");
            assertThat(HostPageIT.sidewaysWithLargeText(page)).isLessThanOrEqualTo(0);
        }
    }
}
