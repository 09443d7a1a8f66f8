package dev.plumbline.cli.option;

import dev.plumbline.pipeline.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.Optional;

/**
 * The contents of standard input, where {@code -} is among the results: kept in a file until the command ends, since a
 * result is read more than once.
 */
public final class StandardInput implements AutoCloseable {
    private static final String SIGN = "-";

    private final Optional<Path> kept;

    private StandardInput(Optional<Path> kept) {
        this.kept = kept;
    }

    /** Reads it completely if one of the names stands for it. */
    public static StandardInput of(Collection<?> names, Terminal terminal) throws IOException {
        if (names.stream().noneMatch(name -> name.toString().equals(SIGN))) {
            return new StandardInput(Optional.empty());
        }
        Path file = Files.createTempFile("plumbline-", ".input");
        StandardInput input = new StandardInput(Optional.of(file));
        try {
            Files.copy(terminal.in(), file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException | RuntimeException e) {
            input.close();
            throw e;
        }
        return input;
    }

    /** A workspace in which it can be read. */
    public Workspace in(Workspace workspace) {
        return kept.map(workspace::withStandardInput).orElse(workspace);
    }

    /** The file that a path means which was written in a directory. */
    public Path resolve(Path path, Path directory) {
        return kept.filter(file -> path.toString().equals(SIGN)).orElseGet(() -> directory.resolve(path));
    }

    /** The file that keeps it; empty when it was not asked for. */
    public Optional<Path> file() {
        return kept;
    }

    @Override
    public void close() throws IOException {
        if (kept.isPresent()) {
            Files.deleteIfExists(kept.get());
        }
    }
}
