package io.lasttable.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The chart's README.md lists every value with its comment from values.yaml. */
class ReadmeTest {

    private static final Pattern KEY = Pattern.compile("^( *)([A-Za-z][A-Za-z0-9]*):(.*)$");
    private static final String BEGIN = "<!-- values: made from values.yaml by ReadmeTest -->\n";
    private static final String END = "<!-- end of values -->\n";

    /** A documented value. */
    private record Value(String path, Object standard, String description) {}

    @Test
    void everyValueHasAComment() {
        List<String> documented = documented().stream().map(Value::path).toList();
        List<String> bare = new ArrayList<>();
        collectBare("", values(), documented, bare);
        assertThat(bare).isEmpty();
    }

    @Test
    void theTableOfValuesIsUpToDate() {
        String readme = Chart.read("helm/README.md");
        int begin = readme.indexOf(BEGIN) + BEGIN.length();
        String made = readme.substring(0, begin) + table() + readme.substring(readme.indexOf(END, begin));
        Golden.assertUnchanged("README.md", made);
    }

    private static String table() {
        String rows = documented().stream()
                .map(value ->
                        "| `%s` | `%s` | %s |\n".formatted(value.path(), json(value.standard()), value.description()))
                .collect(Collectors.joining());
        return "| value | default | meaning |\n| --- | --- | --- |\n" + rows;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> values() {
        return (Map<String, Object>) Chart.yaml(Chart.read("helm/values.yaml"));
    }

    /** Values below a "# --" comment, in the order of the file. */
    private static List<Value> documented() {
        List<Value> found = new ArrayList<>();
        Deque<String> path = new ArrayDeque<>();
        List<String> comment = new ArrayList<>();
        for (String line : Chart.read("helm/values.yaml").split("\n")) {
            String text = line.strip();
            if (text.startsWith("# -- ")) {
                comment.add(text.substring(5));
            } else if (text.startsWith("#") && !comment.isEmpty()) {
                comment.add(text.substring(1).strip());
            }
            Matcher key = KEY.matcher(line);
            if (!text.startsWith("#") && key.matches()) {
                while (path.size() > key.group(1).length() / 2) {
                    String left = path.removeLast();
                    assert left != null;
                }
                path.addLast(key.group(2));
                Object value = at(path);
                if (!comment.isEmpty()
                        && !(value instanceof Map<?, ?> map
                                && !map.isEmpty()
                                && key.group(3).isBlank())) {
                    found.add(new Value(String.join(".", path), value, String.join(" ", comment)));
                }
                comment.clear();
            }
        }
        return found;
    }

    private static Object at(Deque<String> path) {
        Object value = values();
        for (String key : path) {
            value = ((Map<?, ?>) value).get(key);
        }
        return value;
    }

    @SuppressWarnings("unchecked")
    private static void collectBare(
            String prefix, Map<String, Object> values, List<String> documented, List<String> bare) {
        values.forEach((key, value) -> {
            String path = prefix + key;
            if (documented.contains(path)) {
                return;
            }
            if (value instanceof Map<?, ?> map && !map.isEmpty()) {
                collectBare(path + ".", (Map<String, Object>) map, documented, bare);
            } else {
                bare.add(path);
            }
        });
    }

    private static String json(Object value) {
        try {
            return new ObjectMapper().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
