/** Acceptances and triage. */
package dev.plumbline.pipeline.annotate;
