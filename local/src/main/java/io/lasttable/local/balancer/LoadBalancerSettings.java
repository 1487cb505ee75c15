package io.lasttable.local.balancer;

import java.time.Duration;

/**
 * @param port to listen on at 127.0.0.1
 * @param idleTimeout a connection without a byte in either direction for so long is closed (an ALB's default: 60 s)
 * @param healthInterval between two health checks of a target
 */
public record LoadBalancerSettings(int port, Duration idleTimeout, Duration healthInterval) {

    public static LoadBalancerSettings onPort(int port) {
        return new LoadBalancerSettings(port, Duration.ofSeconds(60), Duration.ofSeconds(1));
    }
}
