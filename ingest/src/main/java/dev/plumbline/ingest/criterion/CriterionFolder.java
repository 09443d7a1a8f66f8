package dev.plumbline.ingest.criterion;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder of a benchmark of Criterion.rs: a folder {@code new} with the last measurement, others beside it with
 * earlier ones ({@code base}, a saved baseline), and in each the samples and the results computed from them.
 */
public final class CriterionFolder {
    private static final String BENCHMARK = "benchmark.json";
    private static final String SAMPLE = "sample.json";

    private CriterionFolder() {}

    /**
     * Whether a file of such a folder repeats another: it belongs to an earlier measurement, or to the samples beside
     * it. False for every file of another folder.
     *
     * @param root the folder that a person named; what it is itself is not asked
     */
    public static boolean isRepetition(Path root, Path file) {
        Path folder = file.getParent();
        if (folder == null || folder.getFileName() == null) {
            return false;
        }
        boolean isNewest = folder.getFileName().toString().equals("new");
        if (!isNewest
                && !folder.equals(root)
                && Files.exists(folder.resolveSibling("new").resolve(BENCHMARK))) {
            return true;
        }
        return !file.endsWith(SAMPLE)
                && Files.exists(folder.resolve(BENCHMARK))
                && Files.exists(folder.resolve(SAMPLE));
    }
}
