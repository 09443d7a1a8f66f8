package dev.plumbline.store;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Joins files that describe the same run (revision, environment, time, tool).
 *
 * <p>Modules of a build write a file each, and measure different series: together they are one run. A file that
 * measures a series again is a further run, in the order of the files: two measurements of a series are never merged
 * because they were given together. Each file joins the first run that has none of its series, so that the second files
 * of two modules are one run as well.
 */
public final class RunsOfFiles {
    private final List<BitSet> runs = new ArrayList<>();

    /**
     * Places the next file.
     *
     * @param measured the numbers of the series that it measures
     * @return the number of its run, from 0 on
     */
    public int place(BitSet measured) {
        for (int run = 0; run < runs.size(); run++) {
            if (!runs.get(run).intersects(measured)) {
                runs.get(run).or(measured);
                return run;
            }
        }
        runs.add((BitSet) measured.clone());
        return runs.size() - 1;
    }

    /** The number of runs. */
    public int count() {
        return runs.size();
    }
}
