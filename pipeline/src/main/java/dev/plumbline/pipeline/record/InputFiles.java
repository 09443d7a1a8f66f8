package dev.plumbline.pipeline.record;

import dev.plumbline.ingest.criterion.CriterionFolder;
import dev.plumbline.ingest.input.UnreadableInput;
import dev.plumbline.pipeline.NothingFound;
import dev.plumbline.pipeline.repository.FilesBelow;
import dev.plumbline.pipeline.repository.Glob;
import dev.plumbline.pipeline.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The result files that paths select: a file for itself, a folder for every file below it and a pattern for every
 * file that it matches, in order of their names.
 */
public final class InputFiles {
    private InputFiles() {}

    /**
     * The files selected by the paths that a user gave in a workspace.
     *
     * @throws NothingFound if a path is empty: that of a shell variable that is not set would be the whole folder
     * @throws IOException as {@link #of(List)}
     */
    public static List<InputFile> of(List<Path> paths, Workspace workspace) throws IOException {
        for (Path path : paths) {
            NothingFound.ifBlank(path.toString(), "file", "write . for all files of this folder");
        }
        return of(paths.stream().map(workspace::resolve).toList());
    }

    /**
     * Finds the files.
     *
     * @return at least one file for each path that is a file, any number for a folder, without hidden files and files
     *     that Criterion.rs repeats
     * @throws NoSuchFileException if a path is neither
     * @throws IOException if a folder below one of them cannot be read, or there is no file at all
     */
    public static List<InputFile> of(List<Path> paths) throws IOException {
        List<InputFile> files = new ArrayList<>();
        for (Path path : paths) {
            if (Files.isDirectory(path)) {
                FilesBelow.of(path).stream()
                        .filter(file -> !isHidden(path.relativize(file)))
                        .filter(file -> !CriterionFolder.isRepetition(path, file))
                        .map(file -> new InputFile(file, false))
                        .forEach(files::add);
            } else if (Files.exists(path)) {
                files.add(new InputFile(path, true));
            } else if (Glob.isOne(path)) {
                Glob.expand(path).forEach(file -> files.add(new InputFile(file, true)));
            } else {
                throw new NoSuchFileException(path.toString());
            }
        }
        if (files.isEmpty() && !paths.isEmpty()) {
            throw new IOException(paths.get(0) + ": there is no file in this folder"
                    + (paths.size() > 1 ? ", nor in the others" : ""));
        }
        return files;
    }

    private static boolean isHidden(Path relative) {
        for (Path part : relative) {
            if (part.toString().startsWith(".")) {
                return true;
            }
        }
        return false;
    }

    /**
     * A file to read.
     *
     * @param named whether a person named it, so that it has to be readable; what lies in a folder may be something
     *     else
     */
    public record InputFile(Path path, boolean named) {
        /** Whether nothing may be done without this file, which cannot be read. */
        public boolean isNeeded(UnreadableInput why) {
            return named || !why.isNoResult();
        }
    }
}
