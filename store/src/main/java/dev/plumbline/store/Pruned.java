package dev.plumbline.store;

/**
 * The deleted data, or the preview of a deletion.
 *
 * @param runs how many runs
 * @param measurements how many measurements they had
 * @param series how many series have no point left
 * @param keptForBaselines the number of old runs that stayed because baselines use them
 * @param keptForMarks how many more stayed because a check or a person recorded something about them
 * @param keptForLevels how many more stayed because a level of a series begins or ends with them
 * @param keptAsNewest how many more stayed because their environment and branch would lose its newest runs
 * @param samples of how many measurements of other runs the samples went; their values stayed
 * @param bytesFreed about how much room all that goes takes
 * @param bytesBefore the size of the history's file
 * @param bytesAfter the same afterwards; equal in a dry run
 */
public record Pruned(
        int runs,
        long measurements,
        int series,
        int keptForBaselines,
        int keptForMarks,
        int keptForLevels,
        int keptAsNewest,
        long samples,
        long bytesFreed,
        long bytesBefore,
        long bytesAfter) {}
