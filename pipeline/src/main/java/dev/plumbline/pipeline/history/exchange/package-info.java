/** Export and import of a whole history as lines of JSON. */
package dev.plumbline.pipeline.history.exchange;
