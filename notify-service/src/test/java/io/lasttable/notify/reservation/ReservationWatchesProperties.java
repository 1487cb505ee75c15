package io.lasttable.notify.reservation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lasttable.notify.delivery.TestConnection;
import io.lasttable.notify.delivery.TestFormat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Guests and staff of two venues under random interleavings of commits, events, answers of booking-service and time. */
class ReservationWatchesProperties {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int SUBJECTS = 4;

    private final class Platform implements ReservationSource {
        final Random random;
        final TestFormat format = new TestFormat();
        final ReservationWatches watches = new ReservationWatches(this);
        final Set<Subject> followed = new HashSet<>();
        final Set<String> venues = new HashSet<>();
        final Set<Subject> asked = new HashSet<>();
        final long[] committed = new long[SUBJECTS];
        final long[] fed = new long[SUBJECTS];
        final List<Viewer> viewers = new ArrayList<>();
        long now = 1000;

        Platform(Random random) {
            this.random = random;
            for (int i = 0; i < SUBJECTS; i++) {
                committed[i] = 1;
                viewers.add(new Viewer(this, i, i % 2 == 0));
                viewers.add(new Viewer(this, i, i % 2 == 1));
            }
        }

        void step() {
            int subject = random.nextInt(SUBJECTS);
            Viewer viewer = viewers.get(random.nextInt(viewers.size()));
            switch (random.nextInt(9)) {
                case 0, 1 -> committed[subject]++;
                case 2, 3 -> feed(subject);
                case 4 -> answer();
                case 5 -> viewer.toggle();
                case 6 -> expire();
                default -> viewer.readOne();
            }
        }

        void feed(int subject) {
            if (fed[subject] < committed[subject]) {
                fed[subject]++;
                Change change = change(subject, fed[subject]);
                if (followed.contains(change.subject()) || venues.contains(change.venueId())) {
                    watches.take(change);
                }
            }
        }

        /** booking-service tells what is committed, or cannot be reached. */
        void answer() {
            for (Subject subject : Set.copyOf(asked)) {
                if (random.nextBoolean()) {
                    watches.unavailable(subject);
                } else {
                    asked.remove(subject);
                    int index = Integer.parseInt(subject.id());
                    watches.snapshot(change(index, committed[index]));
                }
            }
        }

        void expire() {
            now++;
            watches.expire(now);
        }

        void settle() {
            for (int i = 0; i < SUBJECTS; i++) {
                while (fed[i] < committed[i]) {
                    feed(i);
                }
            }
            while (!asked.isEmpty()) {
                answer();
            }
            viewers.forEach(Viewer::readAll);
        }

        @Override
        public void follow(Subject subject) {
            followed.add(subject);
        }

        @Override
        public void leave(Subject subject) {
            followed.remove(subject);
        }

        @Override
        public void followVenue(String venueId) {
            venues.add(venueId);
        }

        @Override
        public void leaveVenue(String venueId) {
            venues.remove(venueId);
        }

        @Override
        public void fetch(Subject subject, String token) {
            asked.add(subject);
        }
    }

    /** Watches one subject (ref r) or its venue (ref v), and checks what comes. */
    private static final class Viewer {
        final Platform platform;
        final int subject;
        final boolean guest;
        TestConnection connection;
        boolean watching;
        final Map<String, Long> versions = new HashMap<>();

        Viewer(Platform platform, int subject, boolean guest) {
            this.platform = platform;
            this.subject = subject;
            this.guest = guest;
        }

        void toggle() {
            if (connection != null) {
                connection.outbox().closed();
            }
            watching = !watching;
            versions.clear();
            connection = new TestConnection(platform.format, platform.random.nextBoolean());
            long until = platform.now + 1 + platform.random.nextInt(60);
            if (watching && guest) {
                platform.watches.watch(connection.outbox(), "r", subject(subject), "token", until);
            } else if (watching) {
                platform.watches.watchVenue(connection.outbox(), "v", venue(subject), until);
            }
        }

        boolean read() {
            String text = connection == null ? null : connection.read();
            if (text != null) {
                apply(json(text));
            }
            return text != null;
        }

        void readOne() {
            boolean any = read();
            assertThat(any || connection == null || !connection.isOverwhelmed()).isTrue();
        }

        void readAll() {
            boolean more = read();
            while (more) {
                more = read();
            }
        }

        private void apply(JsonNode frame) {
            if (frame.get("op").asText().equals("error")) {
                assertThat(frame.get("code").asText()).isIn("token-expired", "not-yet-known");
                watching &= !frame.get("code").asText().equals("token-expired");
                return;
            }
            String id = frame.get("id").asText();
            assertThat(frame.get("venueId").asText()).isEqualTo(venue(subject));
            assertThat(!guest || id.equals(String.valueOf(subject))).isTrue();
            long version = frame.get("version").asLong();
            assertThat(version).isGreaterThan(versions.getOrDefault(id, 0L));
            versions.put(id, version);
        }

        void hasNewest() {
            if (watching && guest) {
                assertThat(versions).containsEntry(String.valueOf(subject), platform.committed[subject]);
            } else if (watching) {
                versions.forEach(
                        (id, version) -> assertThat(version).isEqualTo(platform.committed[Integer.parseInt(id)]));
            }
        }
    }

    @Property(tries = 500)
    void everyViewerEndsAtTheNewestAndSeesNothingOfAnother(@ForAll long seed) {
        Platform platform = new Platform(new Random(seed));
        for (int step = 0; step < 300; step++) {
            platform.step();
        }
        platform.settle();
        platform.viewers.forEach(Viewer::hasNewest);
        platform.now += 1000;
        platform.expire();
        platform.viewers.forEach(Viewer::readAll);
        assertThat(platform.viewers).noneMatch(viewer -> viewer.watching);
        assertThat(platform.followed).isEmpty();
        assertThat(platform.venues).isEmpty();
        assertThat(platform.format.unreleased()).isZero();
    }

    private static Subject subject(int index) {
        return new Subject(index < 2 ? Subject.Kind.RESERVATION : Subject.Kind.WAITLIST, String.valueOf(index));
    }

    private static String venue(int index) {
        return "venue-" + index % 2;
    }

    private static Change change(int index, long version) {
        String rest = "\"id\":\"" + index + "\",\"venueId\":\"" + venue(index) + "\",\"version\":" + version + "}";
        return new Change(subject(index), venue(index), version, rest.getBytes(UTF_8));
    }

    private static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }
}
