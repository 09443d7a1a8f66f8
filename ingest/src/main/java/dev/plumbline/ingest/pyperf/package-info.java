/** Results of pyperf. */
package dev.plumbline.ingest.pyperf;
