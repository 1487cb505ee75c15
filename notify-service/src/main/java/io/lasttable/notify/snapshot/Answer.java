package io.lasttable.notify.snapshot;

/** What a service said when it was asked for a state. */
public sealed interface Answer<T> {

    record Found<T>(T state) implements Answer<T> {}

    /** @param code of the error that the client gets */
    record Missing<T>(String code, String message) implements Answer<T> {}

    /** Down, slow or broken; it is asked again. */
    record Unavailable<T>() implements Answer<T> {}
}
