package dev.plumbline.pipeline.repository;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/** A pattern of file names that no shell has expanded: {@code results/**}{@code /*.json}. */
public final class Glob {
    private Glob() {}

    public static boolean isOne(Path path) {
        return path.toString().chars().anyMatch(c -> "*?[{".indexOf(c) >= 0);
    }

    /**
     * The files that match the pattern, in order of their names.
     *
     * @throws NoSuchFileException if there is none
     */
    public static List<Path> expand(Path pattern) throws IOException {
        Path base = pattern.isAbsolute() ? pattern.getRoot() : Path.of("");
        int fixed = 0;
        while (fixed < pattern.getNameCount() - 1 && !isOne(pattern.getName(fixed))) {
            base = base.resolve(pattern.getName(fixed++));
        }
        String rest = pattern.subpath(fixed, pattern.getNameCount()).toString().replace('\\', '/');
        try {
            PathMatcher matcher = base.getFileSystem().getPathMatcher("glob:" + rest);
            // as in shells, **/ also stands for no folder at all
            PathMatcher shallow = base.getFileSystem()
                    .getPathMatcher("glob:" + rest.replace("/**/", "/").replaceFirst("^\\*\\*/", ""));
            Path from = base;
            if (Files.isDirectory(from)) {
                List<Path> found = FilesBelow.of(from).stream()
                        .filter(file ->
                                matcher.matches(from.relativize(file)) || shallow.matches(from.relativize(file)))
                        .toList();
                if (!found.isEmpty()) {
                    return found;
                }
            }
        } catch (PatternSyntaxException e) {
            throw new NoSuchFileException(pattern.toString(), null, "is neither a file nor a pattern of file names");
        }
        throw new NoSuchFileException(pattern.toString(), null, "matches no file");
    }
}
