package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A git repository whose commits are made one after the other, and what six benchmarks measure of each. */
final class GitStory {
    private static final Pattern ID = Pattern.compile("plumb accept ([0-9a-f]+-[0-9a-f]+) ");
    private static final Instant FIRST = Instant.parse("2026-01-01T09:00:00Z");

    private static final List<String> BENCHMARKS =
            List.of("Sort.quick", "Sort.merge", "Codec.parse", "Codec.write", "Hash.get", "Hash.put");

    private final Path folder;
    private int commits;
    private int runs;

    private GitStory(Path folder) {
        this.folder = folder;
    }

    /** The story as far as all tests share it; made once, because that takes twelve checks. */
    private static GitStory begun;

    /** A new repository whose main branch has been checked with twelve healthy commits. */
    static synchronized GitStory in(Path folder) throws IOException, InterruptedException {
        if (begun == null) {
            Path target = Files.createDirectories(Path.of("target").toAbsolutePath());
            GitStory first = new GitStory(Files.createTempDirectory(target, "story"));
            first.begin();
            begun = first;
        }
        GitStory story = new GitStory(folder);
        story.commits = begun.commits;
        story.runs = begun.runs;
        try (Stream<Path> below = Files.walk(begun.folder)) {
            for (Path from : below.skip(1).toList()) {
                Files.copy(from, folder.resolve(begun.folder.relativize(from).toString()));
            }
        }
        return story;
    }

    private void begin() throws IOException, InterruptedException {
        git("init", "-q", "--template=", "-b", "main", ".");
        Files.writeString(folder.resolve(".gitignore"), ".plumbline/\nrun.csv\n*.html\n");
        for (int i = 0; i < 12; i++) {
            commit("work " + i);
            assertThat(check(1).exitCode()).isZero();
        }
    }

    String git(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of("-c", "user.name=Ann", "-c", "user.email=ann@example.org", "-c", "merge.ff=true"));
        command.addAll(List.of(arguments));
        return TestGit.at(FIRST.plusSeconds(36_000L * commits), folder, command.toArray(String[]::new));
    }

    /** Commits a change and gives the beginning of the commit's id, as it is shown. */
    String commit(String subject) throws IOException, InterruptedException {
        commits++;
        Files.writeString(
                folder.resolve("Sort.java"), subject + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        git("add", "-A", ".");
        git("commit", "-q", "-m", subject);
        return head();
    }

    /** The beginning of the id of the commit that is checked out. */
    String head() throws IOException, InterruptedException {
        return git("rev-parse", "HEAD").substring(0, 10);
    }

    /** A merge commit of a branch. */
    void merge(String branch) throws IOException, InterruptedException {
        commits++;
        git("merge", "-q", "--no-ff", "-m", "merge " + branch, branch);
    }

    /** Checks what the commit measures: one benchmark at a multiple of its level. */
    CapturedRun check(double sort) throws IOException {
        return check(sort, 1);
    }

    /** @param hash the same of two others */
    CapturedRun check(double sort, double hash) throws IOException {
        return plumb("check", results(sort, hash));
    }

    CapturedRun record(double sort) throws IOException {
        return plumb("record", results(sort, 1));
    }

    /** The file of what the commit measures. */
    String results(double sort, double hash) throws IOException {
        Random random = new Random(++runs);
        StringBuilder table = new StringBuilder("benchmark,metric,unit,better,value\n");
        for (int i = 0; i < BENCHMARKS.size(); i++) {
            String benchmark = BENCHMARKS.get(i);
            double factor = benchmark.equals("Sort.quick") ? sort : benchmark.startsWith("Hash") ? hash : 1;
            for (int value = 0; value < 5; value++) {
                table.append(String.format(
                        Locale.ROOT,
                        "%s,time,ms,lower,%.4f%n",
                        benchmark,
                        100 * (i + 1) * factor * (1 + 0.006 * random.nextGaussian())));
            }
        }
        return Files.writeString(folder.resolve("run.csv"), table.toString()).toString();
    }

    CapturedRun plumb(String... arguments) {
        return CapturedRun.wide(folder, arguments);
    }

    /** What a command prints, without its line breaks. */
    String reported(String... arguments) {
        CapturedRun run = plumb(arguments);
        assertThat(run.exitCode()).as(run.err()).isZero();
        return flat(run);
    }

    static String flat(CapturedRun run) {
        return run.out().replaceAll("\\s+", " ");
    }

    /** The id that the first screen names. */
    static String id(CapturedRun run) {
        Matcher matcher = ID.matcher(flat(run));
        assertThat(matcher.find()).as(run.out()).isTrue();
        return matcher.group(1);
    }
}
