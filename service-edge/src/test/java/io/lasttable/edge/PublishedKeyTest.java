package io.lasttable.edge;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.LaunchMode;
import org.junit.jupiter.api.Test;

class PublishedKeyTest {

    private static final String PUBLISHED = "a-key-for-development-only-0123456789";

    @Test
    void theKeyThatEverybodyCanReadDoesNotStartInProduction() {
        assertThatThrownBy(() -> PublishedKey.refuse(PUBLISHED, LaunchMode.NORMAL))
                .hasMessageContaining("LASTTABLE_WATCH_TOKEN_KEY");
        assertThatCode(() -> PublishedKey.refuse(PUBLISHED, LaunchMode.DEVELOPMENT))
                .doesNotThrowAnyException();
        assertThatCode(() -> PublishedKey.refuse("a-secret-of-somebody-0123456789abcdef", LaunchMode.NORMAL))
                .doesNotThrowAnyException();
    }
}
