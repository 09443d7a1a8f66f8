/** History, incidents, reports of a period, analysis of files, renaming and pruning. */
package dev.plumbline.pipeline.history;
