package io.lasttable.notify.reservation;

/** Where changes come from. From {@code follow} to {@code leave} every change reaches {@link ReservationWatches#take}. */
public interface ReservationSource {

    void follow(Subject subject);

    void leave(Subject subject);

    void followVenue(String venueId);

    void leaveVenue(String venueId);

    /**
     * Asks booking-service for the subject as it is now; {@link ReservationWatches#take}, {@link
     * ReservationWatches#missing} or {@link ReservationWatches#unavailable} is called with the answer. After the latter it
     * is the source's part to ask again for as long as {@link ReservationWatches#wants} says so.
     */
    void fetch(Subject subject, String token);
}
