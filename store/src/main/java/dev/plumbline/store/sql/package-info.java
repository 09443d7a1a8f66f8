/** A history in a database that understands SQL: the statements that SQLite and PostgreSQL share. */
package dev.plumbline.store.sql;
