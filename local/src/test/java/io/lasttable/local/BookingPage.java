package io.lasttable.local;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;

/** One window with the booking page, as a guest uses it. */
final class BookingPage {

    final Page page;
    private final String venue;
    private final String date;

    BookingPage(BrowserContext context, String venue, String date) {
        this.page = context.newPage();
        this.venue = venue;
        this.date = date;
    }

    @CanIgnoreReturnValue
    BookingPage open() {
        var answer = page.navigate(RunningPlatform.url() + "/?venue=" + venue + "&partySize=2&date=" + date);
        assert answer.ok();
        return this;
    }

    @CanIgnoreReturnValue
    BookingPage openLive() {
        open().shows("live");
        return this;
    }

    /** @param state {@code connecting}, {@code live} or {@code offline} */
    void shows(String state) {
        assertThat(hook("connection-state")).hasAttribute("data-state", state);
    }

    Locator slot(String time) {
        return hook("slot-" + time);
    }

    void choose(String time, String guest) {
        slot(time).click();
        hook("guest-name").fill(guest);
    }

    void confirm() {
        hook("book-confirm").click();
    }

    void hasBooked(String time) {
        assertThat(hook("booked")).containsText("Yours at " + time);
    }

    /** From now on, so many answers to POSTs at paths with this end. */
    @CanIgnoreReturnValue
    LostAnswers losesAnswers(String pathEnd, int times) {
        return LostAnswers.of(page, pathEnd, times);
    }

    Locator hook(String testId) {
        return page.getByTestId(testId);
    }
}
