package io.lasttable.booking;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The reference in {@code docs/} names every setting of every room and its default, and no setting that is gone. */
class ConfigurationReferenceTest {

    @Test
    void everySettingIsListedWithItsDefault() throws IOException {
        List<String> settings = new ArrayList<>();
        for (Class<?> room : rooms()) {
            collect(room, room.getAnnotation(ConfigMapping.class).prefix() + ".", settings);
        }
        List<String> listed = Files.readAllLines(Path.of("..", "docs", "booking-configuration.md")).stream()
                .filter(line -> line.startsWith("| `lasttable."))
                .map(line -> line.substring(0, line.indexOf(" | ", line.indexOf(" | ") + 3)))
                .toList();
        assertThat(listed).containsExactlyInAnyOrderElementsOf(settings);
    }

    private static List<Class<?>> rooms() {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("io.lasttable.booking").stream()
                        .filter(type -> type.isAnnotatedWith(ConfigMapping.class))
                        .<Class<?>>map(JavaClass::reflect)
                        .toList();
    }

    private static void collect(Class<?> group, String prefix, List<String> settings) {
        for (Method method : group.getDeclaredMethods()) {
            String name = prefix + method.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
            if (method.getReturnType().getEnclosingClass() == group) {
                collect(method.getReturnType(), name + ".", settings);
            } else {
                WithDefault value = method.getAnnotation(WithDefault.class);
                String without = method.getReturnType() == Optional.class ? "" : "required";
                settings.add("| `" + name + "` | " + (value == null ? without : "`" + value.value() + "`"));
            }
        }
    }
}
