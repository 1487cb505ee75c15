package io.lasttable.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** Stories in a real browser on a running platform: new windows for each story. */
abstract class BrowserStories {

    /** Where stories leave pictures to look at. */
    static final Path PICTURES = Path.of(System.getProperty("local.root", "..")).resolve("local/target/screenshots");

    static Api api;
    static InstalledBrowser browser;

    @BeforeAll
    static void launchBrowser() throws Exception {
        browser = InstalledBrowser.launch();
        assertThat(RunningPlatform.get()).isNotNull();
        api = new Api(RunningPlatform.url());
    }

    @AfterEach
    void closeWindows() {
        browser.closeWindows();
    }
}
