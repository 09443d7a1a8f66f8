/** One series in words: its state, its changes, and notes about them. */
package dev.plumbline.report.shape;
