/**
 * The day, pure: which slots a venue has on a service date, who sits where, and what every command leads to.
 *
 * <p>What can be said with a pencil belongs here: {@link io.lasttable.booking.day.Day}, its slots, floor and occupancy,
 * reservations and waitlist entries, commands, decisions and the step of several commands. Nothing here imports a framework, reads a
 * clock or does I/O. {@code daybook} locks, loads and saves around it.
 */
@CheckReturnValue
package io.lasttable.booking.day;

import com.google.errorprone.annotations.CheckReturnValue;
