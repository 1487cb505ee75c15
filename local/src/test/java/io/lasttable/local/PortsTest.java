package io.lasttable.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PortsTest {

    private final Ports ports = new Ports(8080, 15_432, 19_092);

    @Test
    void theStandardReplicasTakeTheFourPortsAfterTheBalancers() {
        var replicas = Setup.standard().replicas();
        assertThat(ports.of(Service.BOOKING, replicas)).containsExactly(8081);
        assertThat(ports.of(Service.AVAILABILITY, replicas)).containsExactly(8082);
        assertThat(ports.of(Service.NOTIFY, replicas)).containsExactly(8083, 8084);
    }

    @Test
    void noPortIsGivenTwice() {
        var replicas = Map.of(Service.BOOKING, 3, Service.AVAILABILITY, 2, Service.NOTIFY, 4);
        assertThat(ports.all(replicas)).hasSize(21).doesNotHaveDuplicates();
        assertThat(ports.of(Service.NOTIFY, replicas)).containsExactly(8086, 8087, 8088, 8089);
    }
}
