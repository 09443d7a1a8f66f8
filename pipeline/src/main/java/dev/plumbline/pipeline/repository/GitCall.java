package dev.plumbline.pipeline.repository;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * One call of {@code git} that runs nothing of what the repository's own configuration names: a repository may come
 * from anywhere, and its {@code .git/config} may name programs as hooks, filters, pagers, file system monitors,
 * differs, credential helpers and transports. What the user's and the machine's configuration names stays in force.
 *
 * <p>Every process of git starts here.
 */
final class GitCall {
    private static final long TIMEOUT_SECONDS = 20;

    /** Packing and unpacking a whole history may take long. */
    private static final long LONG_SECONDS = 600;

    /** The size limit of a commit or a list of files; a pack of some kilobytes may declare an object of any size. */
    private static final int MOST_BYTES_OF_OBJECT = 256 << 20;

    /** No answer is read further. */
    private static final int MOST_BYTES = 64 << 20;

    /** The options of git before the command; settings of the command line win over those of all files. */
    private static final List<String> SETTINGS = List.of(
            "core.fsmonitor=false",
            "core.hooksPath=/dev/null",
            "core.pager=cat",
            "log.showSignature=false",
            "submodule.recurse=false",
            "gc.auto=0",
            "maintenance.auto=false");

    /** Keys of the repository that could run a program while objects are fetched over HTTPS. */
    private static final Set<String> OF_FETCHING =
            Set.of("core.askpass", "core.sshcommand", "core.gitproxy", "core.alternaterefscommand");

    private final Path directory;
    private final List<String> settings;
    private final boolean isFetching;

    private GitCall(Path directory, List<String> settings, boolean isFetching) {
        this.directory = directory;
        this.settings = settings;
        this.isFetching = isFetching;
    }

    /** A call that reads nothing but what git keeps: neither filters nor attributes of files matter to it. */
    static GitCall in(Path directory) {
        return new GitCall(directory, List.of(), false);
    }

    /**
     * A call that reads or writes files of a working copy: filters and hooks that the repository's configuration names
     * are switched off for it. Objects that a partial clone lacks are fetched over HTTPS, unless the repository names
     * programs for that.
     *
     * @return empty when a program of the repository cannot be switched off, or git reports no configuration
     */
    static Optional<GitCall> withFiles(Path directory) {
        // older versions of git do not know the scope of a setting; then no filter is used at all
        Optional<String> listed = in(directory).run("config", "--list", "--name-only", "--show-scope", "-z");
        boolean isTold = listed.isPresent();
        Optional<String> keys = listed.or(() -> in(directory).run("config", "--list", "--name-only", "-z"));
        if (keys.isEmpty()) {
            return Optional.empty();
        }
        String[] words = keys.get().split("\0");
        Set<String> foreign = new TreeSet<>();
        for (int i = isTold ? 1 : 0; i < words.length; i += isTold ? 2 : 1) {
            if (!isTold || Set.of("local", "worktree").contains(words[i - 1])) {
                foreign.add(words[i]);
            }
        }
        return without(directory, foreign);
    }

    /** @param keys as git lists them: section and last part in lower case */
    private static Optional<GitCall> without(Path directory, Set<String> keys) {
        List<String> settings = new ArrayList<>();
        boolean canFetch = true;
        for (String key : keys) {
            String section = key.substring(0, Math.max(0, key.indexOf('.'))).toLowerCase(Locale.ROOT);
            canFetch &= !section.equals("credential") && !OF_FETCHING.contains(key.toLowerCase(Locale.ROOT));
            int last = key.lastIndexOf('.');
            if (!Set.of("filter", "hook").contains(section) || last <= section.length()) {
                continue;
            }
            if (key.contains("=")) {
                return Optional.empty(); // the command line would take it for another key
            }
            String driver = key.substring(0, last);
            if (section.equals("hook")) {
                settings.add(driver + ".enabled=false");
            } else {
                settings.addAll(List.of(
                        driver + ".clean=", driver + ".smudge=", driver + ".process=", driver + ".required=false"));
            }
        }
        return Optional.of(new GitCall(directory, settings.stream().distinct().toList(), canFetch));
    }

    /** The output of a command that succeeded; empty where it failed, or where there is no git. */
    Optional<String> run(String... arguments) {
        ProcessBuilder builder = new ProcessBuilder(command(arguments))
                .directory(directory.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectInput(ProcessBuilder.Redirect.from(nullDevice()));
        speak(builder.environment());
        try {
            Process process = builder.start();
            try (InputStream output = process.getInputStream()) {
                String text = new String(output.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
                if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    return Optional.empty();
                }
                return process.exitValue() == 0 ? Optional.of(text) : Optional.empty();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // no git here: the caller goes on without
        }
    }

    /**
     * Runs a command that reads one file and writes another.
     *
     * @return whether it succeeded
     */
    boolean run(Path input, Path output, String... arguments) {
        ProcessBuilder builder = new ProcessBuilder(command(arguments))
                .directory(directory.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectInput(input.toFile())
                .redirectOutput(output.toFile());
        speak(builder.environment());
        builder.environment().put("GIT_ALLOC_LIMIT", Integer.toString(MOST_BYTES_OF_OBJECT));
        try {
            Process process = builder.start();
            try {
                return process.waitFor(LONG_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
            } finally {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Fetches from another machine: with these settings, and those of no user or machine.
     *
     * @param grown the folder that receives the objects
     * @param mostBytes its size limit
     * @return whether it succeeded
     */
    boolean fetch(RemoteCommits remote, Path grown, long mostBytes, Duration longest, String... references)
            throws IOException {
        List<String> arguments = new ArrayList<>(
                List.of("fetch", "--quiet", "--no-tags", "--prune", "--no-write-fetch-head", "--filter=tree:0", "--"));
        arguments.add(remote.address().toString());
        arguments.addAll(List.of(references));
        ProcessBuilder builder = new ProcessBuilder(command(arguments.toArray(String[]::new)))
                .directory(directory.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectInput(ProcessBuilder.Redirect.from(nullDevice()));
        Map<String, String> environment = builder.environment();
        environment
                .keySet()
                .removeIf(name -> !name.equals("GIT_SSL_CAINFO")
                        && (name.startsWith("GIT_")
                                || name.toLowerCase(Locale.ROOT).endsWith("_proxy")));
        speak(environment);
        environment.put("GIT_ALLOW_PROTOCOL", remote.address().getScheme());
        environment.put("GIT_CONFIG_NOSYSTEM", "1");
        environment.put("GIT_CONFIG_GLOBAL", nullDevice().getPath());
        environment.put("GIT_ALLOC_LIMIT", Integer.toString(MOST_BYTES_OF_OBJECT));
        int number = 0; // in the environment, which only this user can read; arguments are visible to all users
        for (Map.Entry<String, String> setting : remote.settings().entrySet()) {
            environment.put("GIT_CONFIG_KEY_" + number, setting.getKey());
            environment.put("GIT_CONFIG_VALUE_" + number++, setting.getValue());
        }
        environment.put("GIT_CONFIG_COUNT", Integer.toString(number));
        Process process = builder.start();
        try {
            long end = System.nanoTime() + longest.toNanos();
            while (System.nanoTime() < end && bytes(grown) <= mostBytes) {
                if (process.waitFor(200, TimeUnit.MILLISECONDS)) {
                    return process.exitValue() == 0 && bytes(grown) <= mostBytes;
                }
            }
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** The bytes of the files of a folder, which come and go meanwhile. */
    private static long bytes(Path folder) {
        File[] files = folder.toFile().listFiles();
        return files == null ? 0 : Stream.of(files).mapToLong(File::length).sum();
    }

    private List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of("git", "--no-pager"));
        SETTINGS.forEach(setting -> command.addAll(List.of("-c", setting)));
        settings.forEach(setting -> command.addAll(List.of("-c", setting)));
        command.addAll(List.of(arguments));
        return command;
    }

    private void speak(Map<String, String> environment) {
        environment.put("LC_ALL", "C");
        environment.put("GIT_OPTIONAL_LOCKS", "0");
        environment.put("GIT_TERMINAL_PROMPT", "0");
        if (isFetching) {
            environment.put("GIT_ALLOW_PROTOCOL", "https");
        } else {
            // versions that do not know the first are stopped by the second: no protocol has this name
            environment.put("GIT_NO_LAZY_FETCH", "1");
            environment.put("GIT_ALLOW_PROTOCOL", "none");
        }
    }

    private static File nullDevice() {
        return new File(System.getProperty("os.name").startsWith("Windows") ? "NUL" : "/dev/null");
    }
}
