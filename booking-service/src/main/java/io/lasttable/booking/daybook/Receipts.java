package io.lasttable.booking.daybook;

import io.lasttable.booking.database.Write;
import io.lasttable.booking.day.Receipt;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Where receipts are kept. {@link DayBook} calls it inside its own transaction, one statement each way for a whole group. */
public interface Receipts {

    /** Receipts stored under these keys of the requests' venue, by key; those not known are left out. One statement. */
    Uni<Map<String, Receipt.Kept>> find(SqlClient client, Collection<Receipt> asked);

    /**
     * What adds receipts to the caller's transaction. One plain insert in order of the keys: a key that another transaction has
     * stored meanwhile must fail with a unique violation (23505), which rolls everything back and has the group decided again.
     */
    Write save(List<Receipt.Kept> receipts);
}
