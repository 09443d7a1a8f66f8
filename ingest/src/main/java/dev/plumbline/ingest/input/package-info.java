/**
 * The base of every reader: a file as text, its head for recognition, JSON and lines as streams, and the rules for bad
 * values.
 */
package dev.plumbline.ingest.input;
