/** Annotations of changes: facts that are only ever added. Pure functions. */
package dev.plumbline.core.annotation;
