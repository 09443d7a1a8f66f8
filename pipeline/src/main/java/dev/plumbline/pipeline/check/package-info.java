/** Check, compare, report, explain and publish. */
package dev.plumbline.pipeline.check;
