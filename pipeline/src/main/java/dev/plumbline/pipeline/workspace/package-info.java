/** The folder Plumbline works in: configuration, history file, files written atomically. */
package dev.plumbline.pipeline.workspace;
