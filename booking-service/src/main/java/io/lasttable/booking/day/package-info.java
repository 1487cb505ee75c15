/**
 * The day, pure: which slots a venue has on a service date, who sits where, and what every command leads to.
 *
 * <p>Nothing here imports a framework, reads a clock or does I/O. {@code daybook} locks, loads and saves around it.
 */
@CheckReturnValue
package io.lasttable.booking.day;

import com.google.errorprone.annotations.CheckReturnValue;
