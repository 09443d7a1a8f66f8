/** Reads Horreum's exports of a test: its definition, and the label values of its datasets. */
package dev.plumbline.ingest.horreum;
