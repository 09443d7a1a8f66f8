/** SVG images for other pages: a badge, the chart of a series. They contain no scripts and load nothing. */
package dev.plumbline.report.svg;
