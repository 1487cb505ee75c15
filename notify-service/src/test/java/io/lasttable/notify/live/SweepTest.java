package io.lasttable.notify.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.lasttable.notify.delivery.Message;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SweepTest {

    private static final class Counted implements Peer {
        private int place = -1;
        private int visits;
        private boolean leaving;

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
        public void tell(Message message) {}

        @Override
        public int place() {
            return place;
        }

        @Override
        public void place(int at) {
            place = at;
        }
    }

    @Test
    void oneWalkOverAllTakesOnePingInterval() {
        for (int count : new int[] {1, 3, 25, 26, 1000}) {
            Peers peers = new Peers();
            List<Counted> all = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                all.add(new Counted());
                peers.add(all.get(i));
            }
            for (int second = 0; second < 100; second++) {
                peers.visit(25, second);
            }
            assertThat(all).allSatisfy(peer -> assertThat(peer.visits).isBetween(3, 5));
        }
    }

    @Test
    void whoIsSlowToCloseKeepsNobodyFromBeingSentAway() {
        Peers peers = new Peers();
        List<Counted> all = List.of(new Counted(), new Counted(), new Counted(), new Counted(), new Counted());
        all.forEach(peers::add);
        for (int slice = 0; slice < 3; slice++) {
            assertThat(peers.staying(2)).hasSize(slice < 2 ? 2 : 1).allSatisfy(peer -> peer.bye(0));
        }
        assertThat(all).allMatch(Counted::isLeaving);
        assertThat(peers.staying(2)).isEmpty();
        assertThat(peers.size()).isEqualTo(5);
    }

    @Test
    void whoLeavesLeavesTheOthersInPlace() {
        Peers peers = new Peers();
        List<Counted> all = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            all.add(new Counted());
            peers.add(all.get(i));
        }
        peers.remove(all.get(3));
        peers.remove(all.get(9));
        peers.remove(all.get(3));
        peers.visit(1, 0);
        assertThat(peers.size()).isEqualTo(8);
        assertThat(all.stream().mapToInt(peer -> peer.visits)).containsExactly(1, 1, 1, 0, 1, 1, 1, 1, 1, 0);
    }

    @Test
    void aBucketOfMessagesRefills() {
        MessageRate rate = new MessageRate(20, 3, 0);
        assertThat(List.of(rate.admits(0), rate.admits(0), rate.admits(0), rate.admits(0)))
                .containsExactly(true, true, true, false);
        assertThat(rate.admits(49)).isFalse();
        assertThat(rate.admits(100)).isTrue();
    }
}
