/** Histories as Apache Otava reads them from CSV. */
package dev.plumbline.ingest.otava;
