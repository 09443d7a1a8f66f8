/** {@code plumb store}. */
package dev.plumbline.cli.store;
