package io.lasttable.notify.snapshot;

import io.lasttable.notify.NotifyConfig;
import io.lasttable.notify.day.DayKey;
import io.lasttable.notify.day.DayState;
import io.lasttable.notify.document.DayDocument;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.unchecked.Unchecked;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.resteasy.reactive.RestResponse;

/** Asks availability-service for days' documents. */
@ApplicationScoped
public class DaySnapshots {

    private final AvailabilityApi availability;
    private final NotifyConfig.Snapshot settings;
    private final MeterRegistry registry;
    private final Timer timer;
    private Asking<DayKey, DayState> asking;

    DaySnapshots(@RestClient AvailabilityApi availability, NotifyConfig config, MeterRegistry registry) {
        this.availability = availability;
        this.settings = config.snapshot();
        this.registry = registry;
        this.timer = Timer.builder("lasttable.live.snapshot.fetch")
                .description("Time until availability-service has answered for a day")
                .register(registry);
    }

    /** Called once, before the first {@link #fetch}. */
    public void start(Predicate<DayKey> wanted, BiConsumer<DayKey, Answer<DayState>> listener) {
        asking = new Asking<>(settings, this::ask, wanted, listener);
    }

    /** Asks until there is an answer or nobody wants the day any more. Any thread. */
    public void fetch(DayKey key) {
        asking.ask(key);
    }

    private Uni<Answer<DayState>> ask(DayKey key) {
        Timer.Sample sample = Timer.start(registry);
        return availability
                .day(key.venueId(), key.date())
                .onTermination()
                .invoke(() -> sample.stop(timer))
                .map(Unchecked.function(response -> answer(key, response)));
    }

    private static Answer<DayState> answer(DayKey key, RestResponse<byte[]> response) throws IOException {
        return switch (response.getStatus()) {
            case 200 -> new Answer.Found<>(DayDocument.parse(key, response.getEntity(), 0));
            case 404 -> missing(key, new JsonObject(response.readEntity(String.class)));
            default -> throw new IOException("status " + response.getStatus());
        };
    }

    private static Answer<DayState> missing(DayKey key, JsonObject problem) throws IOException {
        return switch (problem.getString("type", "")) {
            case "/problems/unknown-venue" ->
                new Answer.Missing<>("unknown-venue", "There is no venue " + key.venueId() + ".");
            case "/problems/unknown-day" ->
                new Answer.Missing<>("unknown-day", "The venue takes no bookings for " + key.date() + ".");
            default -> throw new IOException("404 without a known type");
        };
    }
}
