/** The use cases: one final class each, with one public method; and what they know of the place they run in. */
package dev.plumbline.pipeline;
