package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The style of the server's pages and that of reports have the same colours. They are two files: a report is one file
 * with a script, and the server's pages need none.
 */
class StylesTest {
    private static final Path SERVER =
            Path.of("..", "server", "src", "main", "resources", "dev", "plumbline", "server", "page", "server.css");
    private static final Path REPORT = Path.of("..", "web", "src", "page.css");

    private static final Pattern BLOCK = Pattern.compile(":root([^{]*)\\{([^}]*)}");
    private static final Pattern COLOUR = Pattern.compile("--([a-z-]+): (#[0-9a-f]{6});");

    /** What reports call by the kind of a finding. */
    private static final Map<String, String> NAMES = Map.of(
            "bad", "regressed",
            "bad-soft", "regressed-soft",
            "wait", "suspect",
            "wait-soft", "suspect-soft",
            "good", "improved",
            "good-soft", "improved-soft");

    /** The colours of each theme, in the order of the file. */
    private static List<Map<String, String>> themes(Path file) throws IOException {
        return BLOCK.matcher(Files.readString(file))
                .results()
                .map(StylesTest::colours)
                .toList();
    }

    private static Map<String, String> colours(MatchResult block) {
        Map<String, String> colours = new TreeMap<>();
        COLOUR.matcher(block.group(2)).results().forEach(one -> colours.put(one.group(1), one.group(2)));
        return colours;
    }

    private static void assertSame(Map<String, String> server, Map<String, String> report) {
        Map<String, String> shared = new TreeMap<>();
        server.forEach((name, colour) -> {
            String there = NAMES.getOrDefault(name, name);
            if (report.containsKey(there)) {
                shared.put(name, report.get(there));
            }
        });
        assertThat(shared).hasSizeGreaterThan(NAMES.size() + 4);
        assertThat(server).containsAllEntriesOf(shared);
    }

    @Test
    void the_light_and_the_dark_colours_of_both_are_the_same() throws IOException {
        List<Map<String, String>> server = themes(SERVER);
        List<Map<String, String>> report = themes(REPORT);

        assertSame(server.get(0), report.get(0));
        assertSame(server.get(2), report.get(1));
    }

    @Test
    void the_servers_dark_colours_are_the_same_whether_a_person_or_a_browser_asks_for_them() throws IOException {
        List<Map<String, String>> server = themes(SERVER);

        assertThat(server.get(1)).isEqualTo(server.get(2)).isNotEmpty();
    }
}
