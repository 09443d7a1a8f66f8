/** A history in an SQL database: the statements that SQLite and PostgreSQL share. */
package dev.plumbline.store.sql;
