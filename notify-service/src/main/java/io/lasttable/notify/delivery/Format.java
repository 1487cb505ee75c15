package io.lasttable.notify.delivery;

/** How messages look on a kind of connection; connections of the same format share frames. */
public interface Format {

    Frame encode(Message message);
}
