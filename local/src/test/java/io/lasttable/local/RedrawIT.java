package io.lasttable.local;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.net.URI;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a change costs the browser on a busy evening, script and layout together. Says the figures; the bound is one frame of 60 a second. */
class RedrawIT extends BrowserStories {

    private static final String DATE = LocalDate.now().plusDays(6).toString();
    private static final Path ROOT = Path.of(System.getProperty("local.root", ".."));
    private static final double FRAME_MS = 16;
    private static final int SERIES = 3;
    private static final int CHANGES = 100;

    private static ForeignSite site;

    @BeforeAll
    static void launch() throws Exception {
        site = ForeignSite.open(RunningPlatform.url(), DATE);
        api.publish("redrawn", DATE);
    }

    @AfterAll
    static void quit() {
        if (site != null) {
            site.close();
        }
    }

    @Test
    void aChangeAmongSixtyEightSlotsIsDrawnWithinAFrame() throws Exception {
        Page page = browser.context().newPage();
        assertThat(page.navigate(site.page("redrawn", "3b0c1b9e-7a53-4d3e-9d0b-6c4de7a8c1f2", "en"))
                        .ok())
                .isTrue();
        assertThat(page.getByTestId("slot-19:00")).isVisible();
        Object measured = page.evaluate("""
                () => {
                  const widget = document.querySelector('lasttable-booking');
                  const start = Date.parse(widget.shown.slots[0].startsAt);
                  const slots = Array.from({ length: 68 }, (_, i) => ({ left: { 2: 1 + i % 3 }, startsAt: new Date(start + i * 600_000).toISOString(),
                      time: new Date(start + i * 600_000).toISOString().slice(11, 16) }));
                  let day = { ...widget.shown, slots };
                  widget.draw(day);
                  const times = [];
                  for (let i = 0; i < 300; i++) {
                    day = { ...day, version: day.version + 1, slots: day.slots.map((slot, n) => (n === i % 68 ? { ...slot, left: { 2: i % 4 } } : slot)) };
                    const began = performance.now();
                    widget.draw(day);
                    widget.getBoundingClientRect();
                    times.push(performance.now() - began);
                  }
                  return { drawn: widget.shadowRoot.querySelectorAll('.slot').length, times };
                }""");
        check("68 slots", measured, 68);
    }

    @Test
    void aChangeAmongTwoHundredTablesIsDrawnWithinAFrame() {
        Page page = browser.context().newPage();
        assertThat(page.navigate(RunningPlatform.url() + "/staff.html?venue=redrawn&date=" + DATE)
                        .ok())
                .isTrue();
        assertThat(page.getByTestId("connection-state")).hasAttribute("data-state", "live");
        page.route("**/measured/**", RedrawIT::source);
        Object measured = page.evaluate("""
                async ([venueId, date]) => {
                  const { take, on } = await import('/measured/host/book.js');
                  const { drawRows } = await import('/measured/host/rows.js');
                  const { actions } = await import('/measured/host/deeds.js');
                  const tell = (entry) => take(entry) && drawRows(on(venueId, date, 'reservation').sort((a, b) => a.id.localeCompare(b.id)), actions);
                  const at = (i) => `${17 + Math.floor(i / 40)}:${String(i % 4 * 15).padStart(2, '0')}`;
                  const entry = (i, version, partySize) => ({ id: `e${String(i).padStart(3, '0')}`, kind: 'reservation', venueId, date, time: at(i),
                      startsAt: `${date}T${at(i)}:00Z`, endsAt: `${date}T23:00:00Z`, partySize, tables: [`T${i}`], status: 'confirmed', version,
                      guest: { name: `Guest ${i}`, phone: '+442079460958' }, note: 'by the window' });
                  for (let i = 0; i < 200; i++) tell(entry(i, 1, 2));
                  const times = [];
                  for (let i = 0; i < 300; i++) {
                    const began = performance.now();
                    tell(entry(i * 2 % 200, 2 + i, 1 + i % 6));
                    document.body.getBoundingClientRect();
                    times.push(performance.now() - began);
                  }
                  return { drawn: document.querySelectorAll('[data-testid=entry]').length, times };
                }""", List.of("redrawn", DATE));
        check("200 tables", measured, 200);
    }

    /** As the page has them: the parts that it loads when they are wanted. */
    @ParameterizedTest
    @CsvSource({"floor, .stand", "tables, .lane"})
    void aChangeAmongTwoHundredTablesIsDrawnWithinAFrameInEveryView(String view, String drawn) {
        Page page = browser.context().newPage();
        assertThat(page.navigate(RunningPlatform.url() + "/staff.html?venue=redrawn&date=" + DATE + "&view=" + view)
                        .ok())
                .isTrue();
        assertThat(page.getByTestId("connection-state")).hasAttribute("data-state", "live");
        assertThat(page.locator(drawn)).hasCount(1);
        Object measured = page.evaluate("""
                async ([view, drawn, date]) => {
                  const part = await import(document.querySelector('script[type=module]').src.replace('boot', view));
                  const at = (i) => `${17 + Math.floor(i / 40)}:${String(i % 4 * 15).padStart(2, '0')}`;
                  const tables = Array.from({ length: 200 }, (_, i) => ({ id: `T${i}`, minCovers: 1, maxCovers: 2 + i % 6, area: `room ${i % 4}` }));
                  const venue = { venueId: 'measured', timeZone: 'Europe/London', tables, servicePeriods: [{ firstSeating: '17:00', lastSeating: '22:00' }] };
                  const draw = (entries) => (view === 'floor' ? part.drawFloor(venue, date, entries, []) : part.drawTables(venue, entries, []));
                  let entries = tables.map(({ id }, i) => ({ id: `e${i}`, venueId: 'measured', date, time: at(i), startsAt: `${date}T${at(i)}:00Z`,
                      endsAt: `${date}T23:30:00Z`, partySize: 2, tables: [id], status: 'confirmed', version: 1, guest: { name: `Guest ${i}` } }));
                  draw(entries);
                  const times = [];
                  for (let i = 0; i < 300; i++) {
                    entries = entries.map((each, n) => (n === i % 100 * 2 ? { ...each, version: 2 + Math.floor(i / 100), status: 'seated', partySize: 1 + i % 6 } : each));
                    const began = performance.now();
                    draw(entries);
                    document.body.getBoundingClientRect();
                    times.push(performance.now() - began);
                  }
                  return { drawn: document.querySelectorAll(drawn).length, times };
                }""", List.of(view, drawn, DATE));
        check("200 tables, " + view, measured, 200);
    }

    /** The modules as they are written, which the page has joined. */
    private static void source(Route route) {
        String module = URI.create(route.request().url()).getPath().replace("/measured/", "");
        route.fulfill(new Route.FulfillOptions()
                .setPath(ROOT.resolve("web/src/pages").resolve(module))
                .setContentType("text/javascript"));
    }

    @SuppressWarnings("unchecked")
    private static void check(String what, Object measured, int drawn) {
        Map<String, Object> found = (Map<String, Object>) measured;
        List<Number> times = (List<Number>) found.get("times");
        // what else the machine does only adds to it: the best of three series
        List<Double> best = IntStream.range(0, SERIES)
                .mapToObj(n -> times.subList(n * CHANGES, (n + 1) * CHANGES).stream()
                        .map(Number::doubleValue)
                        .sorted()
                        .toList())
                .min(Comparator.comparing(series -> series.get(CHANGES / 2)))
                .orElseThrow();
        double median = best.get(CHANGES / 2);
        System.out.printf(
                "%s: a change is drawn in %.1f ms, 99 of 100 within %.1f ms%n", what, median, best.get(CHANGES - 2));
        assertThat(((Number) found.get("drawn")).intValue()).isEqualTo(drawn);
        assertThat(median).as("milliseconds, median").isLessThan(FRAME_MS);
    }
}
