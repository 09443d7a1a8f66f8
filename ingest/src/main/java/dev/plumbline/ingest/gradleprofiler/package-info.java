/** Results of gradle-profiler: both layouts of its CSV, and its JSON. */
package dev.plumbline.ingest.gradleprofiler;
