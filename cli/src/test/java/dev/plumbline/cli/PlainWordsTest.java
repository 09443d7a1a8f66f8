package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.cli.option.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/**
 * Keeps phrases that readers stumbled over out of help texts, messages, pages, documents, schemas, the description of
 * the API and the comments of the sources. The words to use instead are in docs/glossary.md.
 */
class PlainWordsTest {
    private static final Path ROOT = root();

    private static final List<String> MODULES = List.of(
            "core",
            "ingest",
            "store",
            "postgres",
            "measure",
            "report",
            "publish",
            "pipeline",
            "cli",
            "server",
            "junit",
            "buildtool",
            "maven-plugin",
            "gradle-plugin",
            "workload",
            "bench");

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
            Rule.rule("went on prediction\\b|false closings?\\b", "false-positive rate"),
            Rule.rule("may have (?:become|got)\\b", "possible regression, not confirmed"),
            Rule.rule("(?:has|have) ended\\b|until it ends\\b", "expired, until it expires"),
            Rule.rule("(?:acceptances?|mutes?) ends?\\b", "expires"),
            Rule.rule(
                    "checks? (?:has |have )?call(?:s|ed)?\\b|(?:regressions?|changes?) (?:is|are|was|were|stays) called\\b"
                            + "|called by mistake\\b",
                    "detect, report"),
            Rule.rule("ladder\\b|rungs?\\b", "decision trace, check"),
            Rule.rule("foretold\\b", "predicted"),
            Rule.rule("some benchmark (?:moves|differs)\\b", "p = 0.03 after correcting for 36 benchmarks"));

    /** Of documents, schemas, messages and comments, in addition to those of all texts. */
    private static final List<Rule> PERSON_RULES =
            List.of(Rule.rule("(?:nobody|somebody)\\b", "no one, someone; better the passive, or a user"));

    /** Of the first sentence of a Javadoc comment, and of a description, in addition to those of all texts. */
    private static final List<Rule> SUMMARY_RULES = List.of(
            Rule.rule("^(?:what|which|who|whose|how|why|nothing)\\b", "the thing itself: The ..., Returns ..."),
            Rule.rule("says?\\b", "have, report, show"),
            Rule.rule("so few\\b", "the number of, at most"),
            Rule.rule("nobody\\b", "the passive, without"));

    /** A right use of a phrase, in one text. */
    private record RightUse(String where, String phrase, String reason) {
        boolean covers(String place, String text) {
            return place.startsWith(where) && text.equalsIgnoreCase(phrase);
        }
    }

    private static final String WORK = "work that runs for a while; it has no date of expiry";

    private static final List<RightUse> RIGHT_USES = List.of(
            new RightUse("junit/src/main/java/dev/plumbline/junit/baseline/ClassPathCopies.java", "has ended", WORK),
            new RightUse("junit/src/main/java/dev/plumbline/junit/baseline/StoreLock.java", "has ended", WORK),
            new RightUse("measure/src/main/java/dev/plumbline/measure/subject/OutputTail.java", "has ended", WORK),
            new RightUse("pipeline/src/main/java/dev/plumbline/pipeline/demo/ValidateDemo.java", "has ended", WORK),
            new RightUse(
                    "pipeline/src/main/java/dev/plumbline/pipeline/measuring/Unfinished.java", "until it ends", WORK),
            new RightUse("postgres/src/main/java/dev/plumbline/store/postgres/Failures.java", "until it ends", WORK),
            new RightUse("store/src/main/java/dev/plumbline/store/sql/OpenWriting.java", "has ended", WORK),
            new RightUse("store/src/main/java/dev/plumbline/store/sqlite/SqliteDatabase.java", "until it ends", WORK));

    /** Adjacent literals are one text; a comment in its own alternative hides the quotes in it. */
    private static final Pattern LITERAL = Pattern.compile(
            "\"\"\"((?:[^\"\\\\]++|\\\\.|\"(?!\"\"))*+)\"\"\"|\"((?:\\\\.|[^\"\\\\\\n])*)\"|//[^\\n]*|/\\*(?s:.*?)\\*/"
                    + "|'(?:\\\\.|[^'\\\\\\n])+'",
            Pattern.DOTALL);

    /** A comment, or the lines of one; literals in their own alternatives hide the slashes in them. */
    private static final Pattern COMMENT = Pattern.compile(
            "\"\"\"(?:[^\"\\\\]++|\\\\.|\"(?!\"\"))*+\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*+\"|'(?:\\\\.|[^'\\\\\\n])++'"
                    + "|(/\\*.*?\\*/|//[^\\n]*+(?:\\n\\s*+//[^\\n]*+)*+)",
            Pattern.DOTALL);

    private static final Pattern COMMENT_MARKS = Pattern.compile("(?m)^\\s*(?:/\\*\\*?|\\*/?|//)|\\{@\\w+ [^}]*\\}");

    /** A text for people in a JSON schema. */
    private static final Pattern SCHEMA_TEXT =
            Pattern.compile("\"(?:title|description)\": \"((?:\\\\.|[^\"\\\\])*+)\"");

    /** A text for people in a YAML file, with the further lines of it, which are indented more than its key. */
    private static final Pattern YAML_TEXT =
            Pattern.compile("(?m)^( *)(?:title|summary|description): '?([^\\n]++(?:\\n\\1 +[^\\n]++)*+)");

    private static final Pattern JAVADOC = Pattern.compile("/\\*\\*(.*?)\\*/", Pattern.DOTALL);

    private static final Pattern FIRST_SENTENCE = Pattern.compile("(.+?[.])(?:\\s|$)", Pattern.DOTALL);

    /** The earlier words that a change log quotes. */
    private static final Pattern QUOTED = Pattern.compile("\\*[^*\\n]+(?:\\n[^*\\n]+)?\\*");

    /** A text of a page: a literal, or the text between two elements. */
    private static final Pattern PAGE_TEXT =
            Pattern.compile("\"([^\"\\n]*)\"|`([^`()]*)`|[>}]([^<>{}=;()\\[\\]|]*)[<{]");

    private static final Pattern PAGE_COMMENT = Pattern.compile("/\\*.*?\\*/|(?m)^\\s*//.*$", Pattern.DOTALL);

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
        for (String name : List.of("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md")) {
            texts.put(name, prose(ROOT.resolve(name)));
        }
        for (String folder : List.of("docs", "docs/decisions")) {
            for (Path file : filesIn(folder, ".md")) {
                texts.put(folder + "/" + file.getFileName(), prose(file));
            }
        }
        // the list of words to avoid has them all
        texts.computeIfPresent("docs/glossary.md", (name, text) -> text.substring(text.indexOf("## Terms")));

        assertThat(texts).hasSizeGreaterThan(30);
        assertThat(complaints(texts, with(PERSON_RULES))).isEmpty();
    }

    @Test
    void schemas_use_plain_words() throws IOException {
        Map<String, String> texts = new TreeMap<>();
        for (Path file : filesIn("docs", ".json")) {
            collect(SCHEMA_TEXT, 1, file, texts);
        }

        assertThat(texts).hasSizeGreaterThan(350);
        assertThat(complaints(texts, with(PERSON_RULES, SUMMARY_RULES))).isEmpty();
    }

    @Test
    void the_description_of_the_api_uses_plain_words() throws IOException {
        Map<String, String> texts = new TreeMap<>();
        collect(YAML_TEXT, 2, ROOT.resolve("docs/openapi.yaml"), texts);
        texts.replaceAll((where, text) -> text.replaceAll("\\s+", " "));

        assertThat(texts).hasSizeGreaterThan(500);
        assertThat(complaints(texts, with(PERSON_RULES, SUMMARY_RULES))).isEmpty();
    }

    @Test
    void comments_use_plain_words() throws IOException {
        Map<String, String> texts = new TreeMap<>();
        for (Path file : sources()) {
            collect(COMMENT, 1, file, texts);
        }
        texts.replaceAll(
                (where, text) -> COMMENT_MARKS.matcher(text).replaceAll(" ").replaceAll("\\s+", " "));

        assertThat(texts).hasSizeGreaterThan(10_000);
        assertThat(complaints(texts, with(PERSON_RULES))).isEmpty();
    }

    @Test
    void the_unreleased_changes_use_plain_words() throws IOException {
        String log = Files.readString(ROOT.resolve("CHANGELOG.md"));
        int begin = log.indexOf("## [Unreleased]");
        int end = log.indexOf("\n## ", begin + 1);
        String text = QUOTED.matcher(CODE.matcher(log.substring(begin, end < 0 ? log.length() : end))
                        .replaceAll(""))
                .replaceAll("");

        assertThat(complaints(Map.of("CHANGELOG.md", text.replaceAll("\\s+", " "))))
                .isEmpty();
    }

    @Test
    void pages_use_plain_words() throws IOException {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.walk(ROOT.resolve("web/src"))) {
            for (Path file :
                    files.filter(file -> file.toString().matches(".*\\.tsx?")).toList()) {
                Matcher text = PAGE_TEXT.matcher(
                        PAGE_COMMENT.matcher(Files.readString(file)).replaceAll(""));
                while (text.find()) {
                    String words = Stream.of(text.group(1), text.group(2), text.group(3))
                            .filter(group -> group != null)
                            .findFirst()
                            .orElse("");
                    texts.put(ROOT.relativize(file) + ":" + text.start(), words.replaceAll("\\s+", " "));
                }
            }
        }
        texts.values().removeIf(text -> !text.strip().contains(" "));

        assertThat(texts).hasSizeGreaterThan(300);
        assertThat(complaints(texts)).isEmpty();
    }

    @Test
    void the_first_sentences_of_javadoc_use_plain_words() throws IOException {
        Map<String, String> texts = new TreeMap<>();
        for (Path file : sources()) {
            String source = Files.readString(file);
            Matcher comment = JAVADOC.matcher(source);
            while (comment.find()) {
                String place = ROOT.relativize(file) + ":"
                        + source.substring(0, comment.start()).lines().count();
                firstSentence(comment.group(1)).ifPresent(sentence -> texts.put(place, sentence));
            }
        }

        assertThat(texts).hasSizeGreaterThan(8_000);
        assertThat(complaints(texts, with(SUMMARY_RULES))).isEmpty();
    }

    @Test
    void each_right_use_is_there() throws IOException {
        for (RightUse use : RIGHT_USES) {
            String place = use.where();
            assertThat(Files.readString(ROOT.resolve(place)))
                    .as(place + ": " + use.reason())
                    .containsIgnoringCase(use.phrase());
        }
    }

    @Test
    void messages_use_plain_words() throws IOException {
        Map<String, String> texts = new TreeMap<>();
        for (Path file : sources()) {
            literals(file, texts);
        }

        assertThat(texts).hasSizeGreaterThan(2_000);
        assertThat(complaints(texts, with(PERSON_RULES))).isEmpty();
    }

    @Test
    void texts_are_found_in_schemas_yaml_and_comments() {
        assertThat(found(SCHEMA_TEXT, 1, "{ \"type\": \"string\", \"description\": \"one \\\"word\\\" told\" }"))
                .containsExactly("one \\\"word\\\" told");
        assertThat(found(YAML_TEXT, 2, "  description: 'What it tells,\n    in lines'\n  title:\n    type: string\n"))
                .containsExactly("What it tells,\n    in lines'");
        assertThat(found(COMMENT, 1, "s = \"// no\"; // told\n  // and said\nc = '\"'; /* nobody */"))
                .containsExactly("// told\n  // and said", "/* nobody */");
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
                "it may have become worse",
                "muted until it ends",
                "the acceptance ends tomorrow",
                "a check called it a regression there: checks called",
                "the ladder of plumb explain",
                "those there are")) {
            assertThat(complaints(Map.of("here", text))).as(text).isNotEmpty();
        }
        for (String text : List.of(
                "one outlier stands out",
                "{output} stands for the result file",
                "compare equal weekdays, and list them",
                "the method is called once",
                "did you mean: plumb check")) {
            assertThat(complaints(Map.of("here", text))).as(text).isEmpty();
        }
    }

    @SafeVarargs
    private static List<Rule> with(List<Rule>... further) {
        List<Rule> rules = new ArrayList<>(RULES);
        for (List<Rule> more : further) {
            rules.addAll(more);
        }
        return rules;
    }

    private static List<Path> filesIn(String folder, String suffix) throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(suffix)).toList();
        }
    }

    /** Adds what a group of a pattern matches in a file, by its place. */
    private static void collect(Pattern pattern, int group, Path file, Map<String, String> texts) throws IOException {
        String content = Files.readString(file);
        Matcher text = pattern.matcher(content);
        while (text.find()) {
            if (text.group(group) != null) {
                String place = ROOT.relativize(file) + ":"
                        + content.substring(0, text.start(group)).lines().count() + ":" + text.start(group);
                texts.put(place, text.group(group));
            }
        }
    }

    private static List<String> found(Pattern pattern, int group, String content) {
        return pattern.matcher(content)
                .results()
                .map(match -> match.group(group))
                .filter(Objects::nonNull)
                .toList();
    }

    /** Every source of the product, generated ones aside. */
    private static List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String module : MODULES) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module + "/src/main/java"))) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
            }
        }
        return sources;
    }

    private static Optional<String> firstSentence(String comment) {
        String text = comment.replaceAll("(?m)^\\s*\\*\\s?", " ")
                .replaceAll("(?s)<p>.*|(?<=^|\\s)@\\w+ .*", "")
                .replaceAll("\\s+", " ")
                .strip();
        Matcher sentence = FIRST_SENTENCE.matcher(text);
        return text.isEmpty() ? Optional.empty() : Optional.of(sentence.lookingAt() ? sentence.group(1) : text);
    }

    private static List<String> complaints(Map<String, String> texts) {
        return complaints(texts, RULES);
    }

    private static List<String> complaints(Map<String, String> texts, List<Rule> rules) {
        List<String> complaints = new ArrayList<>();
        texts.forEach((where, text) -> {
            for (Rule rule : rules) {
                Matcher found = rule.forbidden().matcher(text);
                while (found.find()) {
                    String phrase = found.group();
                    if (RIGHT_USES.stream().anyMatch(use -> use.covers(where, phrase))) {
                        continue;
                    }
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
