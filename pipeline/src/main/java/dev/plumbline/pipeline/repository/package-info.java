/** Facts of a run from git, the CI system and the machine: commit, branch, order, place. */
package dev.plumbline.pipeline.repository;
