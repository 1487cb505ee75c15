package io.lasttable.benchmark.soak;

import io.vertx.core.json.JsonObject;

/** What frames mean to a watcher's sight, on the socket and on the event stream alike. */
final class Understanding {

    private final Sight sight;
    private boolean feedIsLive;
    private boolean stateIsKnown;
    private boolean resumed;

    Understanding(Sight sight) {
        this.sight = sight;
    }

    /** A connection that has said nothing yet. */
    void connected() {
        feedIsLive = true;
        stateIsKnown = false;
        resumed = true;
        sight.believe(false);
    }

    void hear(JsonObject frame, long at) {
        switch (frame.getString("op")) {
            case "day" -> {
                stateIsKnown = true;
                sight.state(frame, at, feedIsLive, resumed);
                resumed = false;
            }
            case "change" -> {
                stateIsKnown = true;
                sight.change(frame, at, feedIsLive, resumed);
                resumed = false;
            }
            case "current" -> {
                stateIsKnown = true;
                sight.believe(feedIsLive);
            }
            case "feed" -> {
                feedIsLive = frame.getString("state").equals("live");
                sight.believe(feedIsLive && stateIsKnown);
            }
            case "error" -> {
                stateIsKnown = false;
                sight.believe(false);
            }
            default -> {
                // A bye, behind which the connection ends.
            }
        }
    }
}
