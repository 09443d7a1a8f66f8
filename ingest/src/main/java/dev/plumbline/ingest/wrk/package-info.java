/** Output of wrk and wrk2. */
package dev.plumbline.ingest.wrk;
