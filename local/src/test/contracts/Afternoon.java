import java.time.LocalDate;
import java.util.UUID;
import org.openapitools.client.ApiClient;
import org.openapitools.client.ApiException;
import org.openapitools.client.api.ReservationsApi;
import org.openapitools.client.model.BookingInput;
import org.openapitools.client.model.ConfirmInput;
import org.openapitools.client.model.GuestInput;
import org.openapitools.client.model.HoldInput;
import org.openapitools.client.model.IllegalTransitionProblem;
import org.openapitools.client.model.Reservation;
import org.openapitools.client.model.ReservationPatch;
import org.openapitools.client.model.ReservationStatus;
import org.openapitools.client.model.SlotTakenProblem;
import org.openapitools.client.model.TakenCause;

/** Hold, confirm, the refusal of who comes second, move, cancel: with the classes that openapi-generator made of the document. */
class Afternoon {

    public static void main(String[] args) throws Exception {
        ApiClient client = new ApiClient();
        client.updateBaseUri(args[0]);
        client.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + args[1]));
        ReservationsApi api = new ReservationsApi(client);
        LocalDate date = LocalDate.parse(args[3]);

        Reservation held = api.createHold(args[2], new HoldInput().date(date).time("19:00").partySize(2), key());
        check(held.getStatus() == ReservationStatus.HELD);
        GuestInput ada = new GuestInput().name("Ada").email("ada@example.com");
        Reservation confirmed = api.confirmReservation(held.getId(), new ConfirmInput().guest(ada), key(), null, null);
        check(confirmed.getStatus() == ReservationStatus.CONFIRMED && confirmed.getTables().size() == 1);
        try {
            api.createReservation(
                    args[2],
                    new BookingInput().date(date).time("19:00").partySize(2).guest(new GuestInput().name("Berta")),
                    key());
            check(false);
        } catch (ApiException refused) {
            SlotTakenProblem taken = client.getObjectMapper().readValue(refused.getResponseBody(), SlotTakenProblem.class);
            check(taken.getStatus() == 409 && taken.getCause() == TakenCause.TABLE_TAKEN && !taken.getAlternatives().isEmpty());
        }
        Reservation moved = api.changeReservation(
                "\"" + confirmed.getVersion() + "\"", held.getId(), new ReservationPatch().time("21:00"), key());
        check(moved.getTime().equals("21:00"));
        check(api.cancelReservation(held.getId(), key(), null).getStatus() == ReservationStatus.CANCELLED);
        try {
            api.seatReservation(held.getId(), null, null);
            check(false);
        } catch (ApiException refused) {
            IllegalTransitionProblem illegal =
                    client.getObjectMapper().readValue(refused.getResponseBody(), IllegalTransitionProblem.class);
            check(illegal.getStatus() == 409 && illegal.getCurrentStatus().equals("cancelled"));
        }
        System.out.println("booked");
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }

    private static void check(boolean holds) {
        if (!holds) {
            throw new AssertionError();
        }
    }
}
