/** The files of established baselines. */
package dev.plumbline.ingest.baseline;
