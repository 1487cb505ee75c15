package io.lasttable.availability.world;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** The example events that booking-service, the owner of the contract, keeps beside it. */
public final class Examples {

    private static final Path FOLDER = Path.of("../booking-service/contract/examples");

    private Examples() {}

    /** The value of {@code <name>.json}. */
    public static String value(String name) {
        try {
            JsonNode example =
                    new ObjectMapper().readTree(FOLDER.resolve(name + ".json").toFile());
            return example.path("value").toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
