package io.lasttable.embedded;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

final class Topics {

    private Topics() {}

    /** Creates topics on a broker that has a single node; {@code client} is what an admin client needs to reach it. */
    static void create(Map<String, Object> client, List<String> names, int partitions) {
        try (Admin admin = Admin.create(client)) {
            var created = admin.createTopics(names.stream()
                    .map(name -> new NewTopic(name, partitions, (short) 1))
                    .toList());
            Void done = created.all().get();
            assert done == null;
        } catch (ExecutionException e) {
            throw new IllegalStateException("Topics " + names + " cannot be created", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while creating topics", e);
        }
    }
}
