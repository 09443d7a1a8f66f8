/** {@code plumb incidents}, {@code triage} and {@code accept}. */
package dev.plumbline.cli.triage;
