/** History, incidents, reports of a period, analysis of files, and pruning. */
package dev.plumbline.pipeline.history;
