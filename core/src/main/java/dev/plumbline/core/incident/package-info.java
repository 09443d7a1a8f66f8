/** Which changes belong together, where in the history of the code they began, and what is known of them. */
package dev.plumbline.core.incident;
