/** {@code plumb baseline}. */
package dev.plumbline.cli.baseline;
