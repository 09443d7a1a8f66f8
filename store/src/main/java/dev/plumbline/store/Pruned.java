package dev.plumbline.store;

/**
 * What was forgotten, or would be.
 *
 * @param runs how many runs
 * @param measurements how many measurements they had
 * @param series how many series have no point left
 * @param keptForBaselines how many old runs stayed because baselines stand on them
 * @param keptForMarks how many more stayed because a check or a person recorded something about them
 * @param keptAsNewest how many more stayed because their environment and branch would lose its newest runs
 * @param bytesBefore the size of the history's file
 * @param bytesAfter the same afterwards; equal in a dry run
 */
public record Pruned(
        int runs,
        long measurements,
        int series,
        int keptForBaselines,
        int keptForMarks,
        int keptAsNewest,
        long bytesBefore,
        long bytesAfter) {}
