package io.lasttable.notify.day;

import java.util.Optional;

/**
 * Where days come from. Between {@link #follow} and {@link #leave} every state that the feed brings reaches {@link
 * DayWatches#take}; {@link #recent} tells of what it brought before. Nothing falls between the two: the feed makes a state
 * recent before it looks who follows, and whoever asks follows before it looks what is recent.
 */
public interface DaySource {

    void follow(DayKey key);

    void leave(DayKey key);

    /** The newest state that the feed has seen of the day lately, watched or not. */
    Optional<DayState> recent(DayKey key);

    /**
     * Asks for the day's document; {@link DayWatches#take}, {@link DayWatches#missing} or {@link DayWatches#unavailable} is
     * called with the answer. After the latter it is the source's part to ask again for as long as {@link DayWatches#wants}
     * says so.
     */
    void fetch(DayKey key);
}
