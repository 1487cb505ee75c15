package io.lasttable.availability.day;

/** A day as projected: the newest version seen, and the document as it was published. */
record StoredDay(long version, String document) {}
