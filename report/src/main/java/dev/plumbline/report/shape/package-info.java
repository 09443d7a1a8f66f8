/** The course of one series in words: its state, its changes, and what to know of them. */
package dev.plumbline.report.shape;
