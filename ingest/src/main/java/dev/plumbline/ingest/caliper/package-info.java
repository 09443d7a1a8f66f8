/** Results of Caliper. */
package dev.plumbline.ingest.caliper;
