package io.lasttable.notify.delivery;

/** A message in the bytes of the wire. Written to any number of connections of its format, then released once by its owner. */
public interface Frame {

    void release();
}
