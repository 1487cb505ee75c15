package io.lasttable.booking.daybook;

/**
 * The day that a reservation was moved away from.
 *
 * @param dayVersion the version that the move made of it
 */
public record LeftDay(String date, long dayVersion) {}
