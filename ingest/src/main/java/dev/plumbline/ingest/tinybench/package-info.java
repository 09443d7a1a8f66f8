/** Results of tinybench. */
package dev.plumbline.ingest.tinybench;
