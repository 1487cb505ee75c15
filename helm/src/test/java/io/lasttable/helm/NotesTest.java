package io.lasttable.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.DryRun;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.InstallCommand;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What a user reads after an install tells what to do next, for the values given. */
class NotesTest {

    @Test
    void sayHowToTest() {
        assertThat(notes()).contains("helm test lasttable -n tables");
    }

    @Test
    void warnWhenNobodyCanBook() {
        assertThat(notes()).contains("No OIDC issuer is set");
    }

    @Test
    void nameTheAddressBehindALoadBalancer() {
        assertThat(notes("values-eks.yaml"))
                .contains("https://reservations.example.com/v1/venues")
                .doesNotContain("No OIDC issuer is set")
                .doesNotContain("port-forward service");
    }

    @Test
    void tellHowToGetATokenInTheDemo() {
        assertThat(notes("values-demo.yaml")).contains("client_id=demo").contains("for evaluation only");
    }

    private static String notes(String... files) {
        ApiServer.ensureStarted();
        InstallCommand install = new Helm(Chart.FOLDER)
                .install()
                .clientOnly()
                .dryRun()
                .withDryRunOption(DryRun.CLIENT)
                .withName("lasttable")
                .withNamespace("tables")
                .set("images.registry", "registry.example.com")
                .withKubeVersion("1.33.0");
        for (String file : files) {
            Path path = Chart.FOLDER.resolve(file);
            install = install.withValuesFile(path);
        }
        return install.call().getOutput();
    }
}
