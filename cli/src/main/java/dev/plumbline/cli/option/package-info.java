/** Options and terminal handling that commands share. */
package dev.plumbline.cli.option;
