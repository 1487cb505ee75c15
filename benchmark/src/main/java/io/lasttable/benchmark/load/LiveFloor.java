package io.lasttable.benchmark.load;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The least that any such system must do for a change to reach a watcher: commit one row of the outbox's size, send it
 * through Kafka (acks=all, no linger) to a waiting consumer, and write one frame to a loopback socket. One connection, one
 * partition, nothing else: measured from before the commit to the last byte read.
 */
final class LiveFloor implements LoadTask {

    private static final int ROW_BYTES = 800;
    private static final int FRAME_BYTES = 600;

    @Override
    public JsonObject run(JsonObject asked) throws Exception {
        int warmUp = asked.getInteger("warmUp");
        int count = warmUp + asked.getInteger("count");
        long gap = (long) (1e9 / asked.getDouble("rate"));
        Latencies latencies = new Latencies();
        CountDownLatch arrived = new CountDownLatch(count);
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket out = new Socket(InetAddress.getLoopbackAddress(), listening.getLocalPort());
                Socket in = listening.accept()) {
            out.setTcpNoDelay(true);
            Thread reader = daemon("floor-reader", () -> read(in, latencies, arrived, warmUp));
            Thread forwarder = daemon("floor-forwarder", () -> forward(asked, out, arrived));
            commitAndSend(asked, count, gap);
            arrived.await();
            reader.interrupt();
            forwarder.interrupt();
        }
        return latencies.json();
    }

    private static void commitAndSend(JsonObject asked, int count, long gap) throws Exception {
        String payload = "x".repeat(ROW_BYTES);
        try (Connection database = DriverManager.getConnection(asked.getString("jdbc"), "postgres", "");
                PreparedStatement insert = database.prepareStatement("insert into floor_row (payload) values (?)");
                var producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", asked.getString("bootstrap"), "acks", "all", "linger.ms", 0),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            long start = System.nanoTime() + 500_000_000;
            for (int i = 0; i < count; i++) {
                long due = start + i * gap;
                while (due - System.nanoTime() > 0) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                long from = System.nanoTime();
                insert.setString(1, payload);
                int rows = insert.executeUpdate();
                assert rows == 1;
                byte[] record = new byte[ROW_BYTES];
                ByteBuffer.wrap(record).putLong(from);
                var sent = producer.send(new ProducerRecord<>(asked.getString("topic"), 0, null, record));
                assert sent != null;
            }
        }
    }

    private static void forward(JsonObject asked, Socket out, CountDownLatch arrived) {
        try (var consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", asked.getString("bootstrap")),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            TopicPartition partition = new TopicPartition(asked.getString("topic"), 0);
            consumer.assign(List.of(partition));
            consumer.seekToEnd(List.of(partition));
            long position = consumer.position(partition);
            assert position >= 0;
            while (arrived.getCount() > 0) {
                for (var record : consumer.poll(Duration.ofMillis(100))) {
                    byte[] frame = new byte[FRAME_BYTES];
                    System.arraycopy(record.value(), 0, frame, 0, Long.BYTES);
                    out.getOutputStream().write(frame);
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("The floor's socket failed", e);
        }
    }

    private static void read(Socket in, Latencies latencies, CountDownLatch arrived, int warmUp) {
        byte[] frame = new byte[FRAME_BYTES];
        try {
            for (int i = 0; arrived.getCount() > 0; i++) {
                int got = in.getInputStream().readNBytes(frame, 0, FRAME_BYTES);
                if (got < FRAME_BYTES) {
                    return;
                }
                if (i >= warmUp) {
                    latencies.add((System.nanoTime() - ByteBuffer.wrap(frame).getLong()) / 1_000);
                }
                arrived.countDown();
            }
        } catch (IOException e) {
            throw new IllegalStateException("The floor's socket failed", e);
        }
    }

    private static Thread daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
