package io.lasttable.notify.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.lasttable.notify.delivery.Connection;
import io.lasttable.notify.delivery.Format;
import io.lasttable.notify.delivery.Frame;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectionsTest {

    private static final class Counted extends Connection {
        private int visits;
        private boolean leaving;

        Counted() {
            super(1);
        }

        @Override
        public void visit(long nowMillis) {
            visits++;
        }

        @Override
        public void bye(long reconnectAfterMillis) {
            leaving = true;
        }

        @Override
        public boolean isLeaving() {
            return leaving;
        }

        @Override
        public Format format() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean write(Frame frame) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void overwhelmed() {}
    }

    @Test
    void oneWalkOverAllTakesOnePingInterval() {
        for (int count : new int[] {1, 3, 25, 26, 1000}) {
            Connections connections = new Connections();
            List<Counted> all = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                all.add(new Counted());
                connections.add(all.get(i));
            }
            for (int second = 0; second < 100; second++) {
                connections.visit(25, second);
            }
            assertThat(all)
                    .allSatisfy(connection -> assertThat(connection.visits).isBetween(3, 5));
        }
    }

    @Test
    void whoIsSlowToCloseKeepsNobodyFromBeingSentAway() {
        Connections connections = new Connections();
        List<Counted> all = List.of(new Counted(), new Counted(), new Counted(), new Counted(), new Counted());
        all.forEach(connections::add);
        for (int slice = 0; slice < 3; slice++) {
            assertThat(connections.staying(2)).hasSize(slice < 2 ? 2 : 1).allSatisfy(connection -> connection.bye(0));
        }
        assertThat(all).allMatch(Counted::isLeaving);
        assertThat(connections.staying(2)).isEmpty();
        assertThat(connections.size()).isEqualTo(5);
    }

    @Test
    void whoLeavesLeavesTheOthersInPlace() {
        Connections connections = new Connections();
        List<Counted> all = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            all.add(new Counted());
            connections.add(all.get(i));
        }
        connections.remove(all.get(3));
        connections.remove(all.get(9));
        connections.remove(all.get(3));
        connections.visit(1, 0);
        assertThat(connections.size()).isEqualTo(8);
        assertThat(all.stream().mapToInt(connection -> connection.visits))
                .containsExactly(1, 1, 1, 0, 1, 1, 1, 1, 1, 0);
    }
}
