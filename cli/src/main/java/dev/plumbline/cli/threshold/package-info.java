/** {@code plumb threshold} and {@code calibrate}. */
package dev.plumbline.cli.threshold;
