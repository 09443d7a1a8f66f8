package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.cli.option.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/**
 * Keeps phrases that readers stumbled over out of what users see: help texts, messages and documents. The words to use
 * instead are in docs/glossary.md.
 */
class PlainWordsTest {
    private static final Path ROOT = root();

    /** The modules whose texts reach users; {@code core} has numbers and types only. */
    private static final List<String> MODULES =
            List.of("cli", "report", "pipeline", "ingest", "store", "measure", "publish", "server");

    private record Rule(Pattern forbidden, String instead) {
        static Rule rule(String forbidden, String instead) {
            return new Rule(Pattern.compile("(?i)\\b(?:" + forbidden + ")"), instead);
        }
    }

    private static final List<Rule> RULES = List.of(
            Rule.rule("told\\b|tells\\b|tell of\\b|(?:would|will|to) tell\\b", "report, show, list, contain"),
            Rule.rule("said\\b|says (?:nothing|otherwise)\\b", "recorded, triaged as; set"),
            Rule.rule("nothing (?:can be said|is said)", "inconclusive"),
            Rule.rule("so many\\b", "the number of, at least"),
            Rule.rule("mend(?:s|ed|ing)?\\b", "fix"),
            Rule.rule("stands? (?:on|in|beside|behind|there|here|for itself|between|still)\\b", "is in, is based on"),
            Rule.rule("anew\\b|afresh\\b", "again, re-establish"),
            Rule.rule("of which (?:nothing|no|the|half|all)\\b", "whose; a sentence of its own"),
            Rule.rule("go(?:es)? by (?:it|its|the|them)\\b", "use, follow"),
            Rule.rule("holds? for (?:it|nothing|all|every|the)\\b", "apply to, match"),
            Rule.rule("made known\\b", "published"),
            Rule.rule("(?:is|are) meant\\b", "intended"),
            Rule.rule("wants an? ", "needs"),
            Rule.rule("speaks? (?:of|for|against)\\b", "is about; findings against"),
            Rule.rule("lets? pass\\b", "does not fail the gate"),
            Rule.rule("work(?:ed|s) out\\b", "computed"),
            Rule.rule("with the clock\\b", "seasonality, time of day or week"),
            Rule.rule("those there (?:are|were)\\b", "list them with COMMAND"),
            Rule.rule("is no known\\b|none of those known\\b", "is not a known, unknown"),
            Rule.rule("went on prediction\\b|false closings?\\b", "false-positive rate"));

    /** Adjacent literals are one text; a comment in its own alternative hides the quotes in it. */
    private static final Pattern LITERAL = Pattern.compile(
            "\"\"\"((?:[^\"\\\\]++|\\\\.|\"(?!\"\"))*+)\"\"\"|\"((?:\\\\.|[^\"\\\\\\n])*)\"|//[^\\n]*|/\\*(?s:.*?)\\*/"
                    + "|'(?:\\\\.|[^'\\\\\\n])+'",
            Pattern.DOTALL);

    private static final Pattern PLUS = Pattern.compile("\\s*\\+\\s*");

    /** Code and keys keep their names. */
    private static final Pattern CODE =
            Pattern.compile("(?s)^(`{3,})(?:json|yaml|java|sh)\\n.*?^\\1$|`[^`\\n]+`", Pattern.MULTILINE);

    @Test
    void help_texts_use_plain_words() {
        Map<String, String> texts = new TreeMap<>();
        help("plumb", CommandTree.whole(new Plumb(Terminal.ofProcess())), texts);

        assertThat(texts).hasSizeGreaterThan(40);
        assertThat(complaints(texts)).isEmpty();
    }

    @Test
    void documents_use_plain_words() throws IOException {
        Map<String, String> texts = new TreeMap<>();
        texts.put("README.md", prose(ROOT.resolve("README.md")));
        try (Stream<Path> files = Files.list(ROOT.resolve("docs"))) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".md")).toList()) {
                texts.put("docs/" + file.getFileName(), prose(file));
            }
        }
        // the list of words to avoid has them all
        texts.computeIfPresent("docs/glossary.md", (name, text) -> text.substring(text.indexOf("## Terms")));

        assertThat(texts).hasSizeGreaterThan(12);
        assertThat(complaints(texts)).isEmpty();
    }

    @Test
    void messages_use_plain_words() throws IOException {
        Map<String, String> texts = new TreeMap<>();
        for (String module : MODULES) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module + "/src/main/java"))) {
                for (Path file :
                        files.filter(file -> file.toString().endsWith(".java")).toList()) {
                    literals(file, texts);
                }
            }
        }

        assertThat(texts).hasSizeGreaterThan(2_000);
        assertThat(complaints(texts)).isEmpty();
    }

    @Test
    void the_rules_find_what_readers_stumbled_over() {
        for (String text : List.of(
                "What is found of these benchmarks is told and let pass",
                "and what would mend them",
                "it holds for nothing",
                "nothing tells the commit of these results",
                "Exactly so many executions",
                "a suspect wants a confirming run",
                "the baseline stands on too few runs",
                "those there are")) {
            assertThat(complaints(Map.of("here", text))).as(text).isNotEmpty();
        }
        for (String text : List.of(
                "one outlier stands out",
                "{output} stands for the result file",
                "compare equal weekdays, and list them",
                "did you mean: plumb check")) {
            assertThat(complaints(Map.of("here", text))).as(text).isEmpty();
        }
    }

    private static List<String> complaints(Map<String, String> texts) {
        List<String> complaints = new ArrayList<>();
        texts.forEach((where, text) -> {
            for (Rule rule : RULES) {
                Matcher found = rule.forbidden().matcher(text);
                while (found.find()) {
                    int from = Math.max(0, found.start() - 60);
                    int to = Math.min(text.length(), found.end() + 30);
                    complaints.add(where + ": \"" + text.substring(from, to) + "\": write " + rule.instead());
                }
            }
        });
        return complaints;
    }

    private static void help(String name, CommandLine line, Map<String, String> texts) {
        texts.put(name, line.getUsageMessage(CommandLine.Help.Ansi.OFF).replaceAll("\\s+", " "));
        line.getSubcommands().forEach((word, below) -> help(name + " " + word, below, texts));
    }

    /** A document without code, in one line. */
    private static String prose(Path file) throws IOException {
        return CODE.matcher(Files.readString(file)).replaceAll("").replaceAll("\\s+", " ");
    }

    /** Every text of a source file that has a space in it, with adjacent literals joined. */
    private static void literals(Path file, Map<String, String> texts) throws IOException {
        String source = Files.readString(file);
        Matcher literal = LITERAL.matcher(source);
        String where = "";
        int end = -1;
        while (literal.find()) {
            String text = literal.group(1) == null ? literal.group(2) : literal.group(1);
            if (text == null) {
                continue;
            }
            boolean joins = end >= 0
                    && PLUS.matcher(source.substring(end, literal.start())).matches();
            if (!joins) {
                where = ROOT.relativize(file) + ":"
                        + source.substring(0, literal.start()).lines().count() + ":" + literal.start();
            }
            texts.merge(where, text, String::concat);
            end = literal.end();
        }
        // one word alone is a key
        texts.values().removeIf(text -> !text.strip().contains(" "));
    }

    /** The folder that holds the wrapper, from the module's folder upwards. */
    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("mvnw"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException("no folder above the working directory holds mvnw");
            }
        }
        return folder;
    }
}
