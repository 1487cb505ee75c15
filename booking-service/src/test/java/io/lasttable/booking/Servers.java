package io.lasttable.booking;

import io.lasttable.embedded.KafkaTestResource;
import io.lasttable.embedded.PostgresTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.ConfigProvider;
import org.postgresql.ds.PGSimpleDataSource;

/** A real PostgreSQL and a real Kafka for all tests of this module. */
@QuarkusTestResource(PostgresTestResource.class)
@QuarkusTestResource(
        value = KafkaTestResource.class,
        initArgs =
                @ResourceArg(
                        name = "topics",
                        value = "lasttable.venues.v1,lasttable.days.v1,lasttable.reservations.v1"))
@QuarkusTestResource(PackagedSettings.class)
public final class Servers {

    private Servers() {}

    /** Asked for, not injected: tests that the packaged service passes too are no beans. */
    public static DataSource database() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setPortNumbers(new int[] {Integer.parseInt(told("LASTTABLE_DATABASE_PORT"))});
        source.setDatabaseName(told("LASTTABLE_DATABASE_NAME"));
        source.setUser("postgres");
        return source;
    }

    private static String told(String name) {
        return ConfigProvider.getConfig().getValue(name, String.class);
    }
}
