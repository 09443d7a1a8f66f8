package dev.plumbline.pipeline.workspace;

import static java.util.Objects.requireNonNull;

import dev.plumbline.pipeline.repository.Place;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The user of a command that runs here on behalf of another machine, and the known facts of that machine.
 *
 * <p>A folder represents the root of the other machine's file system: {@code /work/run.json} there is {@code
 * FOLDER/work/run.json} here, and no name leads out of the folder.
 *
 * @param name whom everything that is recorded belongs to, whatever the command line claims
 * @param store the history that the command uses, regardless of its options and the configuration
 * @param machine facts of the other machine and its working copy
 * @param root the folder that represents the other machine's root
 * @param directory the working directory, in that folder
 * @param isShort whether messages name files of the working directory without it, as they do where the process was
 *     started there
 * @param report where the report of a check or a comparison is wanted as JSON beside the answer, if it is
 * @param keeper keeps the recorded result files, if given
 */
public record Caller(
        String name,
        StoreLocation store,
        Place.Facts machine,
        Path root,
        Path directory,
        boolean isShort,
        Optional<Path> report,
        Optional<RecordedFile.Keeper> keeper) {
    /** The mark between a folder and a name that is shown without it, with no meaning for the file system. */
    private static final String MARK = ".";

    public Caller {
        requireNonNull(name, "name");
        requireNonNull(store, "store");
        requireNonNull(machine, "machine");
        requireNonNull(root, "root");
        requireNonNull(directory, "directory");
        requireNonNull(report, "report");
        requireNonNull(keeper, "keeper");
        if (!root.isAbsolute() || !directory.startsWith(root)) {
            throw new IllegalArgumentException(directory + " is not inside " + root);
        }
    }

    /** The file here that a name means which was typed in the working directory there; empty where it leads out. */
    public Optional<Path> inside(Path typed) {
        Path here = typed.isAbsolute()
                ? root.resolve(MARK).resolve(typed.getRoot().relativize(typed))
                : directory.resolve(typed);
        if (!here.normalize().startsWith(root)) {
            return Optional.empty();
        }
        return Optional.of(typed.isAbsolute() ? here : typed);
    }

    /** The file here that a name means which messages show as it was typed, where that is the custom there. */
    Path asTyped(Path typed) {
        return isShort ? directory.resolve(MARK).resolve(typed) : directory.resolve(typed);
    }

    /** The name on the other machine of a file here. */
    public String shown(Path file) {
        String here = root.toString();
        String text = file.toString();
        if (!text.startsWith(here)) {
            return text;
        }
        String rest = text.substring(here.length());
        String typed = "/" + MARK + "/";
        String working = directory.toString().substring(here.length()) + typed;
        if (rest.startsWith(working)) {
            return rest.substring(working.length());
        }
        if (rest.startsWith(typed)) {
            return rest.substring(typed.length() - 1);
        }
        return rest.isEmpty() ? "/" : rest;
    }
}
