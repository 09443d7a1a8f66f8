/** Measuring: targets, worktrees, pairs of revisions, bisection, the state of the machine. */
package dev.plumbline.pipeline.measuring;
