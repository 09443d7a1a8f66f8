/** Output and files of ab, the benchmark of the Apache server. */
package dev.plumbline.ingest.ab;
