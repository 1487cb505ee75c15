package io.lasttable.helm;

/** The three services as the project names them. */
enum Service {
    BOOKING,
    AVAILABILITY,
    NOTIFY;

    /** Key in the values. */
    String key() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** Maven module, container and label. */
    String module() {
        return key() + "-service";
    }

    /** Name of the objects of a release called lasttable. */
    String objectName() {
        return "lasttable-" + module();
    }
}
