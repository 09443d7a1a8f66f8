/** The roles of metrics: whether one is judged, and whether it may fail the gate. */
package dev.plumbline.core.role;
