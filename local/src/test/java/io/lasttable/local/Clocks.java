package io.lasttable.local;

import com.microsoft.playwright.Clock;
import com.microsoft.playwright.Page;
import java.time.Duration;
import java.time.Instant;

/** What time it is, for a page that is not open yet. Pages go by the house's clock, as its answers tell it. */
final class Clocks {

    private static final String ANSWERS_AT_THE_PAGES_TIME = """
            const ask = window.fetch;
            window.fetch = async (...asked) => {
              const answer = await ask(...asked);
              const headers = new Headers(answer.headers);
              headers.set('Date', new Date(Date.now()).toUTCString());
              Object.defineProperty(answer, 'headers', { value: headers });
              return answer;
            };""";

    private Clocks() {}

    /** It is this time on the device and, as far as the page can tell, at the house. */
    static void show(Page page, Instant time) {
        page.addInitScript(ANSWERS_AT_THE_PAGES_TIME);
        page.clock().install(new Clock.InstallOptions().setTime(time.toEpochMilli()));
    }

    /** Time passes on a page that is open, on the device and at the house. */
    static void goOn(Page page, Duration by) {
        Object later =
                page.evaluate("by => { const now = Date.now; Date.now = () => now() + by; }", (double) by.toMillis());
        Object told = page.evaluate("() => {" + ANSWERS_AT_THE_PAGES_TIME + "}");
        assert later == null && told == null;
    }

    /** The device's clock is wrong. */
    static void areAhead(Page page, Duration by) {
        page.clock().install(new Clock.InstallOptions().setTime(System.currentTimeMillis() + by.toMillis()));
    }
}
