/** The runs that a branch has lost, and those of its commits that were measured for others. */
package dev.plumbline.pipeline.snapshot.branch;
