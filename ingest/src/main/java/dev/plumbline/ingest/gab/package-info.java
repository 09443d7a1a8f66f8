/** Histories and results of the GitHub action "github-action-benchmark". */
package dev.plumbline.ingest.gab;
