/** Reads what people recorded, in the history and in files of the repository. */
package dev.plumbline.pipeline.snapshot.annotation;
