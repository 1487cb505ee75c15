package io.lasttable.benchmark.soak;

import io.lasttable.benchmark.bed.Scenario;
import io.lasttable.benchmark.bed.Testbed;
import io.lasttable.benchmark.report.Findings;
import io.lasttable.local.Platform;
import io.lasttable.local.Service;
import io.lasttable.local.Setup;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A recorded history under failures, and its judge, in Jepsen's manner: generate, inject, record, check. Rounds follow one
 * another until the time is over, each in a town of its own and judged alone: mixed faults, and between them a rolling restart,
 * more guests than can be served, Kafka away for two minutes, and disks without room.
 */
public final class Soak implements Scenario {

    private static final Duration BETWEEN_FAULTS = Duration.ofSeconds(4);
    private static final Duration PING = Duration.ofSeconds(5);
    private static final int CROWD = 80;
    private static final int KINDS = 5;

    private final Duration length;

    /** @param length how long rounds are begun; zero for a single one of mixed faults */
    public Soak(Duration length) {
        this.length = length;
    }

    @Override
    public String name() {
        return "soak";
    }

    @Override
    public String question() {
        return "Whether what is promised holds while each process is killed, stopped and restarted and each link between two parts is"
                + " black-holed, half open, slow or reset, for " + length.toMinutes()
                + " minutes: guests book, hold, confirm, move,"
                + " cancel and join the line over two replicas of booking-service; sockets, event streams, client.js and readers watch.";
    }

    @Override
    public void run(Testbed bed, Findings found) throws Exception {
        Setup setup = setup(bed.standard());
        try (Net net = new Net(setup, bed.file("clocks").getParent());
                Weather weather = new Weather(found::note);
                AutoCloseable servers = bed::stopPlatform) {
            assert servers != null; // they end before the disks and links that they stand on
            Platform platform = bed.freshPlatform(setup, net);
            found.note("Clocks are " + (net.clocks().isPresent() ? "" : "not ") + "stepped, and disks "
                    + (net.disks().isPresent() ? "" : "not ") + "filled");
            List<URI> booking = behind(net, "guests", platform.endpoints(Service.BOOKING));
            List<URI> notify = behind(net, "watchers", platform.endpoints(Service.NOTIFY));
            Faults faults =
                    new Faults(platform, net, setup, new Random(bed.effort().seed()));
            Verdicts verdicts = new Verdicts(found);
            long end = System.nanoTime() + length.toNanos();
            for (int number = 0; number == 0 || System.nanoTime() - end < 0; number++) {
                Round round = new Round(bed, new Town("soak-" + number), booking, notify, PING);
                int kind = number % (net.disks().isPresent() ? KINDS + 1 : KINDS);
                long seed = bed.effort().seed() + number;
                verdicts.judge(number, round, round.run(seed, guests -> trouble(kind, faults, weather, guests)));
            }
            verdicts.conclude();
        }
    }

    private static void trouble(int kind, Faults faults, Weather weather, Guests guests) throws InterruptedException {
        switch (kind) {
            case 2 -> weather.rage(faults.rolling(), BETWEEN_FAULTS.multipliedBy(4));
            case 3 -> {
                guests.come("crowd", CROWD, kind, false);
                weather.rage(faults.each().subList(0, 3), BETWEEN_FAULTS);
            }
            case 4 -> weather.rage(List.of(faults.kafkaAway()), BETWEEN_FAULTS);
            case 5 -> weather.rage(faults.fullDisks(), BETWEEN_FAULTS.multipliedBy(4));
            default -> weather.rage(faults.each(), BETWEEN_FAULTS);
        }
        weather.clear();
    }

    /** Two replicas of everything. A killed server may lose what was not on the disk, so commits wait for it here. */
    public static Setup setup(Setup standard) {
        return standard.withDurable(true)
                .withReplicas(Service.BOOKING, 2)
                .withReplicas(Service.AVAILABILITY, 2)
                .withReplicas(Service.NOTIFY, 2)
                .withEnvironment(Service.BOOKING, Map.of("LASTTABLE_WAITLIST_OFFER_DURATION", "PT5S"))
                .withEnvironment(
                        Service.NOTIFY,
                        Map.of(
                                "LASTTABLE_LIVE_PING_INTERVAL",
                                PING.toString(),
                                "LASTTABLE_LIMITS_CONNECTIONS_PER_ADDRESS",
                                "0"));
    }

    private static List<URI> behind(Net net, String who, List<URI> replicas) {
        return replicas.stream()
                .map(replica -> URI.create("http://127.0.0.1:" + net.port(who, replica.getPort())))
                .toList();
    }
}
