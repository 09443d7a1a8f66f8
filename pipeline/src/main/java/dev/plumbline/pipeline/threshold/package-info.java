/** Thresholds: show, tune, export, import; false alarms and detection measured on a history. */
package dev.plumbline.pipeline.threshold;
