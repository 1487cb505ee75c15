package io.lasttable.booking.venue;

/** WGS 84 degrees. */
public record Location(double lat, double lon) {}
