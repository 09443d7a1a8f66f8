package dev.plumbline.server.command;

import static java.util.Objects.requireNonNull;

import dev.plumbline.pipeline.Scratch;
import dev.plumbline.pipeline.config.Configuration;
import dev.plumbline.pipeline.config.ConfigurationFile;
import dev.plumbline.pipeline.repository.Checkout;
import dev.plumbline.pipeline.repository.CommitStore;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The state of the working copy from which results were last added: its branches and tags, its configuration and its
 * acceptances, so that pages agree with commands there. Each state is a folder of its own; the newest counts.
 */
public final class WorkingCopy {
    private static final List<String> KEPT =
            List.of("plumbline.yaml", "plumbline/tuned.yaml", "plumbline/acceptances.yaml");

    private static final String GIT = ".git";

    /** The number of states kept, so that readers of an earlier one can finish. */
    private static final int STATES = 3;

    private static final Object ONE_AT_A_TIME = new Object();

    private final Path folder;
    private final boolean hasCommits;

    /** @param folder where the states are kept; it need not exist */
    public WorkingCopy(Path folder) {
        this(folder, true);
    }

    private WorkingCopy(Path folder, boolean hasCommits) {
        this.folder = requireNonNull(folder, "folder");
        this.hasCommits = hasCommits;
    }

    /** The same with its configuration alone. */
    public WorkingCopy withoutCommits() {
        return new WorkingCopy(folder, false);
    }

    /** Stores the state of a working copy, replacing the previous one. */
    void keep(Path root) throws IOException {
        Files.createDirectories(folder);
        Path part = Files.createTempDirectory(folder, "part-");
        copy(root, part, true);
        synchronized (ONE_AT_A_TIME) {
            List<Path> states = states();
            long next = states.isEmpty() ? 1 : number(states.get(states.size() - 1)) + 1;
            Files.move(part, folder.resolve(String.format(Locale.ROOT, "%012d", next)), StandardCopyOption.ATOMIC_MOVE);
            List<Path> all = states();
            for (Path old : all.subList(0, Math.max(0, all.size() - STATES))) {
                Scratch.delete(old);
            }
        }
    }

    /**
     * Keeps branches, tags and commits that were read elsewhere, beside the configuration that is known. Nothing
     * changes where the main branch is none of them.
     */
    public void keepCommits(Checkout checkout, CommitStore commits) throws IOException {
        Files.createDirectories(folder);
        try (Scratch scratch = Scratch.in(folder)) {
            List<Path> states = states();
            if (!states.isEmpty()) {
                copy(states.get(states.size() - 1), scratch.folder(), false);
            }
            if (checkout.writeTo(scratch.folder(), commits)) {
                keep(scratch.folder());
            }
        }
    }

    private List<Path> states() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(state -> state.getFileName().toString().matches("[0-9]{12}"))
                    .sorted()
                    .toList();
        }
    }

    private static long number(Path state) {
        return Long.parseLong(state.getFileName().toString());
    }

    /** The name of what is known now; another one when it has changed. */
    public Optional<String> state() throws IOException {
        List<Path> states = states();
        return states.isEmpty()
                ? Optional.empty()
                : Optional.of(states.get(states.size() - 1).getFileName().toString());
    }

    /**
     * The configuration in it; the defaults where nothing is known.
     *
     * @throws IOException if it has a mistake; the message says which
     */
    public Configuration configuration() throws IOException {
        List<Path> states = states();
        return states.isEmpty()
                ? Configuration.DEFAULT
                : ConfigurationFile.find(states.get(states.size() - 1), states.get(states.size() - 1));
    }

    /** Prepares a folder that represents the working copy. */
    void copyTo(Path root) throws IOException {
        List<Path> states = states();
        if (states.isEmpty()) {
            Files.createDirectories(root.resolve(GIT)); // nothing is known, and nothing around it is asked
        } else {
            copy(states.get(states.size() - 1), root, hasCommits);
        }
    }

    private static void copy(Path from, Path to, boolean withCommits) throws IOException {
        for (String name : KEPT) {
            Path file = from.resolve(name);
            if (Files.isRegularFile(file)) {
                Files.createDirectories(to.resolve(name).getParent());
                Files.copy(file, to.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        if (!withCommits) {
            Files.createDirectories(to.resolve(GIT));
            return;
        }
        Path git = from.resolve(GIT);
        Files.walkFileTree(git, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) throws IOException {
                Files.createDirectories(
                        to.resolve(GIT).resolve(git.relativize(visited).toString()));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(GIT).resolve(git.relativize(file).toString()));
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
