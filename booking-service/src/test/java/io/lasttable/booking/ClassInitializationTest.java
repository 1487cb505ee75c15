package io.lasttable.booking;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A native executable's build initializes classes in an order of its own: whichever comes first must not need one that needs it. */
class ClassInitializationTest {

    private static final Path CLASSES = Path.of("target", "classes");

    static Stream<String> classes() {
        return new ClassFileImporter()
                .importPath(CLASSES).stream()
                        .filter(each -> !each.getSimpleName().equals("package-info"))
                        .map(JavaClass::getName);
    }

    @ParameterizedTest
    @MethodSource("classes")
    void eachCanBeInitializedFirst(String name) throws Exception {
        try (Alone classes = new Alone()) {
            Class<?> first = Class.forName(name, true, classes);
            assert first.getClassLoader() == classes;
        }
    }

    /** Finds the service's classes anew, and everything else where it is. */
    private static final class Alone extends URLClassLoader {

        Alone() throws MalformedURLException {
            super(new URL[] {CLASSES.toUri().toURL()}, ClassInitializationTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                if (!name.startsWith("io.lasttable.booking.")) {
                    return super.loadClass(name, resolve);
                }
                Class<?> known = findLoadedClass(name);
                return known == null ? findClass(name) : known;
            }
        }
    }
}
