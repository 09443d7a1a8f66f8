/** Pictures in SVG that other pages show: a badge, the course of a series. They run nothing and load nothing. */
package dev.plumbline.report.svg;
