package io.lasttable.notify.live;

import io.lasttable.notify.day.DaySource;
import io.lasttable.notify.reservation.ReservationSource;

/** Where a shard's watches get their states from. */
interface ShardSources {

    DaySource days(Shard shard);

    ReservationSource reservations(Shard shard);
}
