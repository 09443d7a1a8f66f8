/** Results of asv, airspeed velocity. */
package dev.plumbline.ingest.asv;
