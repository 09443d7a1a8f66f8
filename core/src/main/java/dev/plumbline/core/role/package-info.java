/** What a metric is to its benchmark: whether it is judged, and whether it may fail the gate. */
package dev.plumbline.core.role;
