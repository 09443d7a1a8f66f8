/** {@code plumb check}, {@code compare}, {@code record}, {@code report}, {@code explain} and {@code publish}. */
package dev.plumbline.cli.check;
