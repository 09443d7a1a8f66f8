package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The rules for the text of every source file, script and document, each with what to write instead. */
class TidyTest {
    private static final Path ROOT = root();

    /** Columns of comments, scripts and code. A text in quotes may run on, as may a short line indented far. */
    private static final int MAX_LINE = 120;

    private static final Set<String> SUFFIXES =
            Set.of("java", "xml", "md", "sh", "yml", "yaml", "properties", "sql", "py", "gitignore", "editorconfig");
    private static final Set<String> SCRIPTS = Set.of(
            "plumb",
            "check",
            ".ci/run",
            "scripts/maven",
            "scripts/launcher-test",
            "scripts/pages-test",
            "scripts/pull-request-test",
            "scripts/screenshots");
    private static final Set<String> SKIPPED_FOLDERS = Set.of("target", "node_modules");

    /** Every other hidden folder belongs to a tool. */
    private static final Set<String> HIDDEN_FOLDERS = Set.of(".ci", ".github", ".mvn");

    /** Output of real tools, and what made it, is kept as it came. */
    private static final Pattern RECORDED = Pattern.compile("(.*/)?src/test/(resources|samples)/.*|examples/.*");

    /** Prose and tables are wrapped by the reader's window, and an option of Maven cannot be broken. */
    private static final Pattern LONG_LINES_ALLOWED = Pattern.compile(".*\\.(md|xml)");

    private static final Pattern COMPILED = Pattern.compile(".*\\.(jar|war|class|so|dll|dylib)");

    private record Rule(Pattern forbidden, String instead) {
        static Rule rule(String forbidden, String instead) {
            return new Rule(Pattern.compile(forbidden), instead);
        }
    }

    /** A character class in each pattern keeps this file from breaking its own rules. */
    private static final List<Rule> RULES = List.of(
            Rule.rule("\t", "a tab; write four spaces"),
            Rule.rule("[ \t\r]+$", "space at the end of the line; run ./mvnw spotless:apply or remove it"),
            Rule.rule(
                    "\\b(TOD[O]|FIXM[E]|XX[X])\\b",
                    "unfinished work; finish it, or say in CHANGELOG.md what is missing"),
            Rule.rule(
                    "(?<![\\w./])/(roo[t]|hom[e]/\\w+|User[s]/\\w+|wor[k]/(main|shared))\\b",
                    "a path of one machine; write it relative to the checkout, or take it from a setting"),
            Rule.rule("[C]ollectors\\.toList\\(\\)", "a list that may change; write .toList()"),
            Rule.rule("\\.printStack[T]race\\(\\)", "a trace on stderr; pass the cause on in an exception"),
            Rule.rule("import (static )?[a-z][\\w.]*\\.\\*;", "a wildcard import; name what is imported"),
            Rule.rule("@Suppress[W]arnings\\(\"all\"\\)", "a switch for every check; name the one, and say why"),
            Rule.rule(
                    "[,;] %[+]",
                    "a sign behind a comma, before which tables in CSV get an apostrophe; put a word between them"),
            Rule.rule("@Disable[d]\\b", "a test that is switched off; repair or remove it"));

    @Test
    void source_text_follows_the_rules() throws IOException {
        List<String> complaints = new ArrayList<>();
        List<String> files = textFiles();

        for (String file : files) {
            check(file, complaints);
        }

        assertThat(files).as("the files that were read").contains("pom.xml", "plumb", "core/pom.xml", "cli/pom.xml");
        assertThat(complaints).isEmpty();
    }

    @Test
    void no_compiled_code_lies_among_the_sources() throws IOException {
        assertThat(files(file -> COMPILED.matcher(file).matches()))
                .as("compiled code belongs into target, and libraries come from Maven")
                .isEmpty();
    }

    private static void check(String file, List<String> complaints) throws IOException {
        String text;
        try {
            text = Files.readString(ROOT.resolve(file));
        } catch (MalformedInputException e) {
            complaints.add(file + ": not UTF-8; convert it");
            return;
        }
        if (!text.isEmpty() && !text.endsWith("\n")) {
            complaints.add(file + ": no line break at the end; add one");
        }
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            String where = file + ":" + (i + 1) + ": ";
            for (Rule rule : RULES) {
                if (rule.forbidden().matcher(line).find()) {
                    complaints.add(where + rule.instead());
                }
            }
            if (line.codePointCount(0, line.length()) > MAX_LINE
                    && line.strip().length() > MAX_LINE / 2
                    && !line.contains("\"")
                    && !LONG_LINES_ALLOWED.matcher(file).matches()) {
                complaints.add(where + line.length() + " columns; break the line at " + MAX_LINE);
            }
        }
    }

    private static List<String> textFiles() throws IOException {
        return files(file -> (SUFFIXES.contains(file.substring(file.lastIndexOf('.') + 1)) || SCRIPTS.contains(file))
                && !RECORDED.matcher(file).matches());
    }

    /** Files below the root that a build does not make, with {@code /} between the names on every system. */
    private static List<String> files(Predicate<String> wanted) throws IOException {
        List<String> files = new ArrayList<>();
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                String name = String.valueOf(folder.getFileName());
                boolean skipped =
                        SKIPPED_FOLDERS.contains(name) || name.startsWith(".") && !HIDDEN_FOLDERS.contains(name);
                return folder.equals(ROOT) || !skipped ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
                String file = ROOT.relativize(path).toString().replace('\\', '/');
                if (attributes.isRegularFile() && wanted.test(file)) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
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
