/** Reports of vegeta. */
package dev.plumbline.ingest.vegeta;
