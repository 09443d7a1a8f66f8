/** {@code plumb history}, {@code analyze}, {@code dashboard} and {@code prune}. */
package dev.plumbline.cli.history;
