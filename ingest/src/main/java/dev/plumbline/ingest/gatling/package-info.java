/** Results of Gatling. */
package dev.plumbline.ingest.gatling;
