/** The use cases: one final class each, with one public method; and the facts about the place they run in. */
package dev.plumbline.pipeline;
