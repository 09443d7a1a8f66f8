/** A whole history from one store into another. */
package dev.plumbline.store.copy;
