package dev.plumbline.pipeline.history.renaming;

import dev.plumbline.report.answer.RenamingsReport;

/**
 * The recorded renaming, and its effect now.
 *
 * @param stated the one that came to hold or was undone
 * @param series how many series have the new name; after an undoing, the old one
 */
public record RenamingOutcome(RenamingsReport.Row stated, int series) {}
