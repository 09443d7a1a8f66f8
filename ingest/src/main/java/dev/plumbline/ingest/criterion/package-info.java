/** Results of Criterion.rs. */
package dev.plumbline.ingest.criterion;
