/** Groups of changes that belong together, their first commits in the history, and the evidence about them. */
package dev.plumbline.core.incident;
