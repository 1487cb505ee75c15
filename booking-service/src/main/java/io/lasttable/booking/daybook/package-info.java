/**
 * The book that days are kept in: everything around {@code day} that needs PostgreSQL, a clock or a thread.
 *
 * <p>Requests come in by {@link io.lasttable.booking.daybook.DayQueue}, which looks, queues and decides in groups;
 * {@link io.lasttable.booking.daybook.DayBook} is the transaction under the day's lock; each {@code Table} has all statements on one table. What
 * happens to days without a request is here as well: holds that run out, notes between neighbours, dates that open and close.
 * Nobody else writes a day.
 */
@CheckReturnValue
package io.lasttable.booking.daybook;

import com.google.errorprone.annotations.CheckReturnValue;
