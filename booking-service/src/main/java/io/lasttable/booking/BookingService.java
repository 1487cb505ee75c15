package io.lasttable.booking;

import io.lasttable.booking.provision.Provision;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import jakarta.inject.Inject;
import org.jboss.logging.Logger;

/** Serves until it is stopped, or with the argument {@code provision} prepares database and topics and exits. */
@QuarkusMain
public class BookingService implements QuarkusApplication {

    private static final Logger LOG = Logger.getLogger(BookingService.class);

    @Inject
    Provision provision;

    public static void main(String... arguments) {
        boolean oneShot = arguments.length > 0 && arguments[0].equals("provision");
        if (oneShot) {
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
        if (!arguments[0].equals("provision")) {
            LOG.errorf("Unknown argument %s; known: provision", arguments[0]);
            return 2;
        }
        try {
            provision.run();
            return 0;
        } catch (RuntimeException e) {
            LOG.errorf("Provisioning failed: %s", e.getMessage());
            return 1;
        }
    }
}
