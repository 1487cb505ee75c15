package io.lasttable.booking;

import io.lasttable.booking.provision.Provision;
import io.lasttable.booking.provision.Republish;
import io.lasttable.booking.provision.Restored;
import io.lasttable.booking.venue.VenueId;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import jakarta.inject.Inject;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Serves until it is stopped. With the argument {@code provision} it prepares database and topics and exits, with {@code
 * republish} it publishes all venues once more, or the one that is named, and with {@code restored} it makes a database that has
 * gone back the newest again.
 */
@QuarkusMain
public class BookingService implements QuarkusApplication {

    private static final Logger LOG = Logger.getLogger(BookingService.class);

    @Inject
    Provision provision;

    @Inject
    Republish republish;

    @Inject
    Restored restored;

    public static void main(String... arguments) {
        if (arguments.length > 0) {
            String previous = System.setProperty("lasttable.background", "false");
            assert previous == null;
        }
        Quarkus.run(BookingService.class, arguments);
    }

    @Override
    public int run(String... arguments) {
        if (arguments.length == 0) {
            Quarkus.waitForExit();
            return 0;
        }
        try {
            return once(List.of(arguments));
        } catch (RuntimeException e) {
            LOG.errorf("The mode %s failed: %s", arguments[0], e.getMessage());
            return 1;
        }
    }

    private int once(List<String> arguments) {
        switch (arguments.get(0)) {
            case "provision" -> provision.run();
            case "republish" ->
                arguments.stream()
                        .skip(1)
                        .findFirst()
                        .map(VenueId::new)
                        .ifPresentOrElse(republish::one, republish::all);
            case "restored" -> {
                Restored.Lost lost = restored.run();
                assert lost != null;
            }
            default -> {
                LOG.errorf("Unknown argument %s; known: provision, republish [venueId], restored", arguments.get(0));
                return 2;
            }
        }
        return 0;
    }
}
