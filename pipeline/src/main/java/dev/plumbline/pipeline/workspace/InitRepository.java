package dev.plumbline.pipeline.workspace;

import static java.util.Objects.requireNonNull;

import dev.plumbline.pipeline.config.Configuration;
import dev.plumbline.pipeline.repository.Git;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes the initial files of a repository: the configuration, and two workflows for GitHub. */
public final class InitRepository {
    private static final String FOLDER = "/dev/plumbline/init/";
    private static final String WORKFLOWS = ".github/workflows/";

    private final Workspace workspace;
    private final Plan plan;

    /** The place of the history between the runs of a workflow. */
    public enum History {
        /** In the cache, which deletes files unused for a week. */
        CACHE,
        /** On a branch of its own, {@code plumbline-history}, with one commit. */
        BRANCH
    }

    /**
     * The files to write.
     *
     * @param workflows whether GitHub's workflows are
     * @param branch the main branch; found out when it is not given
     * @param command lines for the shell that run the benchmarks
     * @param results the file or folder that they write
     * @param pair arguments of {@code plumb pr} with which pull requests are measured beside their base; where it is
     *     empty they are judged against the history
     * @param environment the name of the machines that the workflow runs on
     * @param distribution where the distribution of Plumbline is fetched from; to be filled in when it is not given
     * @param digest its SHA-256, in hexadecimal digits
     * @param history where it is kept
     * @param slack whether the workflow notifies Slack about the main branch
     * @param force whether files that are there are written over
     * @param isRehearsal whether nothing is written at all
     */
    public record Plan(
            boolean workflows,
            Optional<String> branch,
            String command,
            String results,
            Optional<String> pair,
            String environment,
            Optional<String> distribution,
            Optional<String> digest,
            History history,
            boolean slack,
            boolean force,
            boolean isRehearsal) {
        private static final Pattern URL = Pattern.compile("(https|file)://[A-Za-z0-9._~:/?#@!$&'()*+,;=%-]+");
        private static final Pattern ENVIRONMENT = Pattern.compile("[A-Za-z0-9._-]{1,100}");
        private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

        /** @throws IllegalArgumentException if a workflow could not hold one of them unchanged */
        public Plan {
            requireNonNull(history, "history");
            check(
                    !command.isBlank() && isText(command.replace("\n", "")),
                    "--command must be one or more lines of" + " text");
            check(pair.map(Plan::isText).orElse(true), "arguments of plumb pr must be one line of text");
            check(
                    ENVIRONMENT.matcher(environment).matches(),
                    "an environment's name has letters, digits, '.', '_', '-'");
            check(!results.isBlank() && isText(results), "--results must be a file or a folder");
            check(branch.map(name -> !name.isBlank() && isText(name)).orElse(true), "--branch must be a branch name");
            check(
                    distribution.map(url -> URL.matcher(url).matches()).orElse(true),
                    "the distribution must be an https:// URL");
            check(
                    digest.map(text -> DIGEST.matcher(text).matches()).orElse(true),
                    "a SHA-256 has 64 lowercase hexadecimal digits");
            check(distribution.isPresent() == digest.isPresent(), "give the distribution and its SHA-256 together");
        }

        private static boolean isText(String text) {
            return text.length() <= 10_000 && text.chars().noneMatch(Character::isISOControl);
        }

        private static void check(boolean holds, String message) {
            if (!holds) {
                throw new IllegalArgumentException(message);
            }
        }
    }

    /**
     * A file, and whether it was written.
     *
     * @param file from the root of the repository on
     * @param written whether it was, or in a rehearsal would be; not if it was there already
     * @param text its content
     */
    public record Outcome(String file, boolean written, String text) {}

    public InitRepository(Workspace workspace, Plan plan) {
        this.workspace = requireNonNull(workspace, "workspace");
        this.plan = requireNonNull(plan, "plan");
    }

    /**
     * Writes the files.
     *
     * @return all of them, in the order in which people should read them
     * @throws IOException if one cannot be written
     */
    public List<Outcome> init() throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        files.put(Configuration.FILE, filled("plumbline.yaml"));
        if (plan.workflows) {
            files.put(WORKFLOWS + "plumbline.yml", filled("measure.yml"));
            files.put(WORKFLOWS + "plumbline-publish.yml", filled("publish.yml"));
        }
        // the history is a file of this machine: git looks past it
        files.put(".plumbline/.gitignore", "*\n");
        List<Outcome> outcomes = new ArrayList<>();
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = workspace.root().resolve(file.getKey());
            boolean there = Files.exists(path, LinkOption.NOFOLLOW_LINKS);
            boolean written = !there || plan.force && Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
            if (written && !plan.isRehearsal) {
                AtomicFile.write(path, file.getValue().getBytes(StandardCharsets.UTF_8));
            }
            outcomes.add(new Outcome(file.getKey(), written, file.getValue()));
        }
        return outcomes;
    }

    private String filled(String template) throws IOException {
        String branch = plan.branch.orElseGet(this::mainBranch);
        Map<String, String> values = new LinkedHashMap<>();
        values.put("@INSTALL@\n", text("install.yml"));
        values.put("@BRANCH@", quoted(branch));
        values.put("@URL@", quoted(plan.distribution.orElse("")));
        values.put("@SHA256@", quoted(plan.digest.orElse("")));
        values.put("@RESULTS@", quoted(plan.results));
        values.put("@ENVIRONMENT@", quoted(plan.environment));
        values.put("@PAIR@", indented(plan.pair.orElse("")));
        values.put("@COMMAND@", indented(plan.command));
        StringBuilder text = new StringBuilder();
        for (String line : wanted(text(template))) {
            String filled = line + "\n";
            for (Map.Entry<String, String> value : values.entrySet()) {
                if (filled.contains(value.getKey())) {
                    filled = filled.replace(value.getKey(), value.getValue());
                    break; // what was filled in is not looked through again
                }
            }
            text.append(filled);
        }
        return text.toString();
    }

    private static String indented(String lines) {
        return lines.strip()
                .lines()
                .map(line -> line.isBlank() ? "" : "          " + line)
                .collect(Collectors.joining("\n"));
    }

    /** Without the parts, from a line {@code #? NAME} to a line {@code #?}, that the plan does not ask for. */
    private List<String> wanted(String template) {
        List<String> lines = new ArrayList<>();
        boolean taken = true;
        for (String line : template.lines().toList()) {
            if (line.startsWith("#?")) {
                String part = line.substring(2).strip();
                taken = part.isEmpty()
                        || part.equals("slack") && plan.slack
                        || part.equals("pair") && plan.pair.isPresent()
                        || part.equals("history") && plan.pair.isEmpty()
                        || part.equalsIgnoreCase(plan.history.name());
            } else if (taken) {
                lines.add(line);
            }
        }
        return lines;
    }

    private String mainBranch() {
        Git git = new Git(workspace.root());
        return workspace
                .configuration()
                .branch()
                .value()
                .or(() -> git.mainBranch().or(git::checkedOut))
                .orElseGet(workspace::mainBranch);
    }

    /** As YAML and JSON both read it. */
    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private static String text(String resource) throws IOException {
        try (InputStream in = InitRepository.class.getResourceAsStream(FOLDER + resource)) {
            return new String(requireNonNull(in, resource).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
