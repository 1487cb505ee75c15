package io.lasttable.notify.day;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Random interleavings of a scripted network: what the writer commits, what the read side knows, who watches and reads. */
class DayWatchesProperties {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final DayKey KEY = new DayKey("chez-nous", LocalDate.of(2026, 11, 28));

    /** A client as client.js is: it applies what it gets and checks that versions only rise. */
    private static final class Browser {
        long version;
        Map<String, String> slots = new HashMap<>();
        final List<String> arriving = new ArrayList<>();
        Client client = new Client(arriving::add);
        boolean watching;
        /** Since it came back: a frame has said that it has the newest version. */
        boolean confirmed = true;

        void read() throws JsonProcessingException {
            JsonNode frame = MAPPER.readTree(arriving.remove(0));
            if (frame.get("op").asText().equals("error")) {
                return;
            }
            confirmed = true;
            if (frame.get("op").asText().equals("current")) {
                assertThat(frame.get("version").asLong()).isEqualTo(version);
                return;
            }
            assertThat(frame.get("version").asLong()).isGreaterThan(version);
            if (frame.get("op").asText().equals("change")) {
                assertThat(frame.get("from").asLong()).isEqualTo(version);
            } else {
                slots.clear();
            }
            for (JsonNode slot : frame.get("slots")) {
                slots.put(slot.get("startsAt").asText(), slot.toString());
            }
            version = frame.get("version").asLong();
        }
    }

    @Property(tries = 500)
    void everyWatcherEndsAtTheNewestStateAndNeverGoesBack(@ForAll long seed) throws JsonProcessingException {
        Random random = new Random(seed);
        List<DayState> committed = new ArrayList<>(List.of(state(1, random, null)));
        int fed = 0;
        int[] fetches = {0};
        DayState[] seen = {null};
        DayWatches watches = new DayWatches(key -> fetches[0]++, key -> Optional.ofNullable(seen[0]), 10);
        List<Browser> browsers = List.of(new Browser(), new Browser(), new Browser());
        for (int step = 0; step < 200; step++) {
            Browser browser = browsers.get(random.nextInt(3));
            switch (random.nextInt(8)) {
                case 0, 1 -> committed.add(state(committed.size() + 1, random, committed.get(committed.size() - 1)));
                case 2 -> {
                    if (fed < committed.size()) {
                        seen[0] = committed.get(fed++);
                        boolean news = watches.state(seen[0]);
                        assertThat(news).isIn(true, false);
                    }
                }
                case 3 -> {
                    if (fetches[0] > 0) {
                        fetches[0]--;
                        boolean news = watches.state(committed.get(random.nextInt(committed.size())));
                        assertThat(news).isIn(true, false);
                    }
                }
                case 4 -> toggle(watches, browser);
                case 5 -> watches.flush();
                case 6 -> reconnect(watches, browser);
                default -> readOne(watches, browser);
            }
        }
        settle(watches, browsers, committed, fed, fetches[0]);
        DayState last = committed.get(committed.size() - 1);
        for (Browser browser : browsers) {
            if (browser.watching) {
                assertThat(browser.version).isEqualTo(last.version());
                assertThat(browser.confirmed).isTrue();
                assertThat(browser.slots).isEqualTo(last.slots());
            }
        }
    }

    private static void toggle(DayWatches watches, Browser browser) {
        if (browser.watching) {
            watches.unwatch(browser.client, "a");
        } else {
            browser.confirmed = true;
            watches.watch(browser.client, "a", KEY, expected(browser), false);
        }
        browser.watching = !browser.watching;
    }

    /** The version that the browser will have once all that is on its way has arrived. */
    private static long expected(Browser browser) {
        long version = browser.version;
        for (String frame : browser.arriving) {
            try {
                version =
                        Math.max(version, MAPPER.readTree(frame).path("version").asLong());
            } catch (JsonProcessingException e) {
                throw new AssertionError(frame, e);
            }
        }
        return version;
    }

    private static void reconnect(DayWatches watches, Browser browser) {
        watches.closed(browser.client);
        browser.arriving.clear();
        browser.client = new Client(browser.arriving::add);
        browser.watching = true;
        browser.confirmed = false;
        watches.watch(browser.client, "a", KEY, browser.version, true);
    }

    private static void readOne(DayWatches watches, Browser browser) throws JsonProcessingException {
        if (!browser.arriving.isEmpty()) {
            browser.read();
            watches.sent(browser.client);
        }
    }

    private static void settle(
            DayWatches watches, List<Browser> browsers, List<DayState> committed, int fed, int fetches)
            throws JsonProcessingException {
        for (int next = fed; next < committed.size(); next++) {
            boolean news = watches.state(committed.get(next));
            assertThat(news).isIn(true, false);
        }
        boolean news = watches.state(committed.get(committed.size() - 1));
        assertThat(fetches >= 0 || news).isTrue();
        watches.flush();
        for (Browser browser : browsers) {
            while (!browser.arriving.isEmpty()) {
                readOne(watches, browser);
            }
        }
    }

    private static DayState state(long version, Random random, DayState before) {
        Map<String, String> slots = new java.util.LinkedHashMap<>();
        int changed = random.nextInt(20);
        for (int i = 0; i < 20; i++) {
            String at = "2026-11-28T%02d:00:00Z".formatted(i);
            boolean keep = before != null && i != changed;
            slots.put(
                    at,
                    keep ? before.slots().get(at) : "{\"startsAt\":\"" + at + "\",\"left\":{\"2\":" + version + "}}");
        }
        return new DayState(KEY, version, "PT0S", slots);
    }
}
