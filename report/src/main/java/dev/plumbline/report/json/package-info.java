/** The documented JSON formats, and reading back the reports written in them. */
package dev.plumbline.report.json;
