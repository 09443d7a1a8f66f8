/** Series whose names have changed: joined, and taken apart again. */
package dev.plumbline.pipeline.history.renaming;
