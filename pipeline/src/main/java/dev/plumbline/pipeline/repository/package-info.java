/** What git, the CI system and the machine say about a run: commit, branch, order, place. */
package dev.plumbline.pipeline.repository;
