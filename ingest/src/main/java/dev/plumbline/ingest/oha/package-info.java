/** Output of oha, as text, JSON and CSV. */
package dev.plumbline.ingest.oha;
