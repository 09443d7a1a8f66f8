/** Data files of ReBench, and what it sends to ReBenchDB. */
package dev.plumbline.ingest.rebench;
