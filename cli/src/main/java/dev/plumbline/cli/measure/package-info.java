/** {@code plumb run}, {@code pr}, {@code bisect}, {@code doctor} and {@code demo}. */
package dev.plumbline.cli.measure;
