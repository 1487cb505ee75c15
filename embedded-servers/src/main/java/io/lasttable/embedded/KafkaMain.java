package io.lasttable.embedded;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;

/** The broker as a process of its own, which can be killed and stopped like any other. Ends on SIGTERM. */
public final class KafkaMain {

    private KafkaMain() {}

    /** Arguments: the directory, the port, and further ports as {@code listens:told}. */
    public static void main(String[] arguments) throws InterruptedException {
        Map<Integer, Integer> others = new TreeMap<>();
        for (String pair : Arrays.asList(arguments).subList(2, arguments.length)) {
            String[] ports = pair.split(":");
            others.put(Integer.valueOf(ports[0]), Integer.valueOf(ports[1]));
        }
        EmbeddedKafka broker = EmbeddedKafka.start(Path.of(arguments[0]), Integer.parseInt(arguments[1]), others);
        Runtime.getRuntime().addShutdownHook(new Thread(broker::close));
        new CountDownLatch(1).await();
    }
}
