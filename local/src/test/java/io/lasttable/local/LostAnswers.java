package io.lasttable.local;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.microsoft.playwright.Page;

/**
 * The server answers and the page does not hear it, as when a phone goes into a tunnel. Lost inside the page: there it depends on no
 * thread of the test, and Firefox does not tell tests what a request carries, so that they could send it in its place. A reload ends it.
 */
final class LostAnswers {

    /** A function of how paths end, a number, and a method. */
    static final String IN_PAGE = """
            ([end, times, method = 'POST']) => {
              const ask = window.fetch;
              const isMeant = new RegExp(end + '$');
              window.asked = 0;
              window.fetch = async (path, request) => {
                const answer = await ask(path, request);
                if (request?.method !== method || !isMeant.test(path)) return answer;
                if (++window.asked > times) return answer;
                throw new TypeError('The answer was lost');
              };
            }""";

    private final Page page;

    private LostAnswers(Page page) {
        this.page = page;
    }

    /** Of POSTs whose path ends so, so many. */
    @CanIgnoreReturnValue
    static LostAnswers of(Page page, String pathEnd, int times) {
        return of(page, "POST", pathEnd, times);
    }

    /** @param pathEnd a regular expression */
    @CanIgnoreReturnValue
    static LostAnswers of(Page page, String method, String pathEnd, int times) {
        Object done = page.evaluate(IN_PAGE, new Object[] {pathEnd, times, method});
        assert done == null;
        return new LostAnswers(page);
    }

    /** How many such requests have been answered, heard or not. */
    int asked() {
        return ((Number) page.evaluate("window.asked")).intValue();
    }
}
