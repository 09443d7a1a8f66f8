/** Callgrind and Cachegrind: profile files, the totals of their annotate programs, and Valgrind's own messages. */
package dev.plumbline.ingest.callgrind;
