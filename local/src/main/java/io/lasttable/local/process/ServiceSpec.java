package io.lasttable.local.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How to start one service.
 *
 * @param name shown to people and used for the log file
 * @param port where it answers
 * @param managementPort where it answers {@code /q/health/ready}
 * @param command the program and its arguments
 * @param environment added to this process' own
 * @param log everything it prints; written anew at each start
 */
public record ServiceSpec(
        String name, int port, int managementPort, List<String> command, Map<String, String> environment, Path log) {

    public ServiceSpec {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }
}
