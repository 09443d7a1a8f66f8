/** The differences between the databases, and the texts of their statements. */
package dev.plumbline.store.sql.dialect;
