package dev.plumbline.pipeline.snapshot.annotation;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.annotation.Acceptance;
import dev.plumbline.pipeline.config.AcceptanceFile;
import dev.plumbline.pipeline.config.Configuration;
import dev.plumbline.pipeline.repository.Git;
import dev.plumbline.pipeline.workspace.AtomicFile;
import dev.plumbline.pipeline.workspace.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Acceptances in the repository, reviewed like code: a file, and the folder used by earlier versions. */
public final class AcceptanceFiles {
    /** The file of acceptances, below the root of the repository. */
    static final String FILE = "plumbline/acceptances.yaml";

    /** The folder in which earlier versions wrote one file for each; only read. */
    private static final String FOLDER = "plumbline/acceptances";

    private static final String SUFFIX = ".yaml";

    private AcceptanceFiles() {}

    /**
     * An acceptance with its place.
     *
     * @param file its path below the root of the repository
     * @param line where it begins there, counted from 1
     */
    public record FromFile(Acceptance acceptance, String file, int line) {
        public FromFile {
            requireNonNull(acceptance, "acceptance");
            requireNonNull(file, "file");
        }
    }

    /**
     * The acceptances of the repository around the workspace: of the file in its order, then of the folder by their
     * files' names.
     *
     * @throws IOException if one of them cannot be read, or both contain the same acceptance
     */
    public static List<FromFile> read(Workspace workspace) throws IOException {
        List<FromFile> all = new ArrayList<>();
        Path list = workspace.root().resolve(FILE);
        if (Files.exists(list)) {
            AcceptanceFile.list(list, FILE).forEach(one -> all.add(new FromFile(one.acceptance(), FILE, one.line())));
        }
        for (FromFile one : inFolder(workspace)) {
            if (all.stream()
                    .anyMatch(other ->
                            other.acceptance().id().equals(one.acceptance().id()))) {
                throw new IOException(one.file + ": the acceptance " + one.acceptance.id() + " is also in " + FILE
                        + "; delete this file");
            }
            all.add(one);
        }
        return all;
    }

    /**
     * Whether a commit has an acceptance in its files; not where they have a mistake.
     *
     * @param root the repository, asked from where the files are found
     */
    static boolean isIn(Git root, String commit, String id) {
        return root.fileOf(commit, FOLDER + "/" + id + SUFFIX).isPresent()
                || root.fileOf(commit, FILE)
                        .filter(text -> AcceptanceFile.ids(text, FILE).contains(id))
                        .isPresent();
    }

    private static List<FromFile> inFolder(Workspace workspace) throws IOException {
        Path folder = workspace.root().resolve(FOLDER);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Path> files;
        try (Stream<Path> inside = Files.list(folder)) {
            files = inside.filter(file -> file.getFileName().toString().endsWith(SUFFIX)
                            && !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        }
        List<FromFile> all = new ArrayList<>();
        for (Path file : files) {
            String name = FOLDER + "/" + file.getFileName();
            all.add(new FromFile(AcceptanceFile.read(file, name), name, 1));
        }
        return all;
    }

    /**
     * Refuses a file that would not lie in the repository; to be asked before an acceptance is recorded elsewhere.
     *
     * @throws IOException if a link leads out of the repository
     */
    public static void checkPlace(Workspace workspace) throws IOException {
        if (!Configuration.isInside(workspace.root(), workspace.root().resolve(FILE))) {
            throw new IOException(FILE + ": a link leads out of the repository; delete the link");
        }
    }

    /**
     * Adds one to the file.
     *
     * @return the file's path below the root of the repository
     * @throws IOException if the file is there and cannot be read, which leaves it as it is, or if a link leads out of
     *     the repository
     */
    public static String write(Workspace workspace, Acceptance acceptance) throws IOException {
        checkPlace(workspace);
        Path file = workspace.root().resolve(FILE);
        Optional<Path> known = Optional.of(file).filter(Files::exists);
        AtomicFile.write(file, AcceptanceFile.with(acceptance, known, FILE).getBytes(StandardCharsets.UTF_8));
        return FILE;
    }
}
