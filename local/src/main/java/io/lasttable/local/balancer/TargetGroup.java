package io.lasttable.local.balancer;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** The replicas of one service: healthy ones take turns, and nobody is remembered (no stickiness). */
public final class TargetGroup {

    private final String name;
    private final List<Target> targets = new CopyOnWriteArrayList<>();
    private final AtomicInteger turn = new AtomicInteger();

    public TargetGroup(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }

    public List<Target> targets() {
        return List.copyOf(targets);
    }

    public TargetGroup register(Target target) {
        targets.add(target);
        return this;
    }

    /** Whether every replica gets requests. */
    public boolean isHealthy() {
        return targets.stream().allMatch(target -> target.state() == Target.State.HEALTHY);
    }

    Optional<Target> next() {
        List<Target> healthy = targets.stream()
                .filter(target -> target.state() == Target.State.HEALTHY)
                .toList();
        if (healthy.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(healthy.get(Math.floorMod(turn.getAndIncrement(), healthy.size())));
    }

    void remove(Target target) {
        targets.remove(target);
    }
}
