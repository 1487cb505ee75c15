package io.lasttable.booking.daybook;

import io.lasttable.booking.database.Parted;
import io.lasttable.booking.database.Write;
import io.lasttable.booking.day.Decision.Granted;
import io.lasttable.booking.day.Receipt;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import java.util.List;
import java.util.Map;

/** Where answers are stored. {@link DayBook} calls it inside its own transaction, one statement each way for a whole group. */
public interface Receipts {

    /** @param answer as the caller gets it */
    record Answered(Receipt receipt, Granted decision, String answer) {}

    /** What is stored under these receipts, by the groups that ask for them and by key; those not known are left out. One statement. */
    Uni<Map<Integer, Map<String, Receipt.Stored>>> find(SqlClient client, List<Parted<Receipt>> asked);

    /**
     * What adds answers to the caller's transaction. One plain insert in order of the keys: a key that another transaction has
     * stored meanwhile must fail with a unique violation (23505), which rolls everything back and has the group decided again.
     */
    Write save(List<Answered> answers);
}
