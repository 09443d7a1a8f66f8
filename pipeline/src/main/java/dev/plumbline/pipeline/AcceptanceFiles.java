package dev.plumbline.pipeline;

import static java.util.Objects.requireNonNull;

import dev.plumbline.core.annotation.Acceptance;
import dev.plumbline.pipeline.config.AcceptanceFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Acceptances that lie in the repository and are reviewed like code. */
final class AcceptanceFiles {
    /** Where they lie, below the root of the repository. */
    static final String FOLDER = "plumbline/acceptances";

    private static final String SUFFIX = ".yaml";

    private AcceptanceFiles() {}

    /**
     * An acceptance and where it stands.
     *
     * @param file its path below the root of the repository
     */
    record FromFile(Acceptance acceptance, String file) {
        FromFile {
            requireNonNull(acceptance, "acceptance");
            requireNonNull(file, "file");
        }
    }

    /** Those of the repository around the workspace, in the order of their files' names. */
    static List<FromFile> read(Workspace workspace) throws IOException {
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
            all.add(new FromFile(AcceptanceFile.read(file, name), name));
        }
        return all;
    }

    /** Writes one; its file's name is its id. */
    static String write(Workspace workspace, Acceptance acceptance) throws IOException {
        String name = FOLDER + "/" + acceptance.id() + SUFFIX;
        AtomicFile.write(
                workspace.root().resolve(name), AcceptanceFile.write(acceptance).getBytes(StandardCharsets.UTF_8));
        return name;
    }
}
