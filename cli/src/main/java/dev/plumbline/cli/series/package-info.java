/** {@code plumb series}. */
package dev.plumbline.cli.series;
