package io.lasttable.local.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The pictures in {@code docs/architecture.md} are made of the compiled services: which package uses which, and no circle among them. With
 * {@code -Drooms=write} this test draws them; otherwise it fails when one is out of date.
 */
class RoomsTest {

    @ParameterizedTest
    @ValueSource(strings = {"booking", "availability", "notify"})
    void thePictureShowsWhichRoomUsesWhich(String service) throws IOException {
        Rooms rooms = Rooms.of(service + "-service", "io.lasttable." + service);
        assertThat(rooms.uses()).hasSizeGreaterThan(5);
        String drawn = new RoomsPicture(rooms).svg("Rooms of " + service + "-service, each above those that it uses");
        Path picture = Path.of("..", "docs", "images", "rooms-" + service + ".svg");
        if (System.getProperty("rooms", "").equals("write")) {
            assertThat(Files.writeString(picture, drawn)).exists();
        }
        assertThat(picture)
                .as("run this test with -Drooms=write, and look whether you would live there")
                .hasContent(drawn);
    }
}
