/** The differences between the databases, and the texts in their statements. */
package dev.plumbline.store.sql.dialect;
