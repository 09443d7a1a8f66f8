/**
 * The runs of commits that are no longer on a branch, and runs of its commits that were measured for other branches.
 */
package dev.plumbline.pipeline.snapshot.branch;
