/** Copying a whole history from one store to another. */
package dev.plumbline.store.copy;
