/** Statistics of Locust. */
package dev.plumbline.ingest.locust;
