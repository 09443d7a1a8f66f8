/** Output and request logs of h2load. */
package dev.plumbline.ingest.h2load;
