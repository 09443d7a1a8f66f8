/** Perfherder data of Mozilla, alone or in a log. */
package dev.plumbline.ingest.perfherder;
