package io.lasttable.local;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ListAssert;

/** The rules of axe-core, run in a page whose context bypasses its content security policy. */
final class Axe {

    private static final String RUN = """
            async () => {
              const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
              const { violations } = await axe.run({ runOnly: tags });
              return violations.flatMap(({ id, nodes }) => nodes.map((each) => `${id}: ${each.target} ${each.failureSummary}`));
            }""";

    private Axe() {}

    /** What breaks WCAG 2.2 AA, or good practice, as the page stands. */
    static ListAssert<Object> finds(Page page) throws IOException {
        try (InputStream axe = Axe.class.getResourceAsStream("/axe.min.js")) {
            Object loaded = page.evaluate(new String(axe.readAllBytes(), StandardCharsets.UTF_8));
            assert loaded == null || loaded != null;
        }
        List<?> found = (List<?>) page.evaluate(RUN);
        return Assertions.assertThat(found)
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.list(Object.class));
    }
}
