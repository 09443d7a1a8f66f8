/** A whole history as lines of JSON, out of a store and into another. */
package dev.plumbline.pipeline.history.exchange;
