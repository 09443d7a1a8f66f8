/** Histogram sets of Catapult, as Chrome and other projects of Google write them. */
package dev.plumbline.ingest.catapult;
