package io.lasttable.benchmark.peer;

import io.lasttable.benchmark.bed.Testbed;
import io.vertx.core.json.JsonObject;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;

/** The floor under live latency, on the platform's own PostgreSQL and Kafka; see the load process' LiveFloor. */
public final class CommitKafkaSocket {

    private static final String TOPIC = "bench.floor";

    private CommitKafkaSocket() {}

    /** Latencies of {@code count} changes at a steady rate, after a warm-up; p50, p99 and so on in milliseconds. */
    public static JsonObject measure(Testbed bed, double rate, int count) throws Exception {
        makeTopic(bed.bootstrap());
        makeTable(bed.jdbc("booking"));
        return bed.load("floor")
                .ask(
                        "floor",
                        new JsonObject()
                                .put("jdbc", bed.jdbc("booking"))
                                .put("bootstrap", bed.bootstrap())
                                .put("topic", TOPIC)
                                .put("rate", rate)
                                .put("warmUp", count / 2)
                                .put("count", count));
    }

    private static void makeTopic(String bootstrap) throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            Void made = admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1)))
                    .all()
                    .get();
            assert made == null;
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    private static void makeTable(String jdbc) throws SQLException {
        try (var database = DriverManager.getConnection(jdbc, "postgres", "");
                var statement = database.createStatement()) {
            boolean rows = statement.execute(
                    "create table if not exists floor_row (id bigint generated always as identity, payload text)");
            assert !rows;
        }
    }
}
