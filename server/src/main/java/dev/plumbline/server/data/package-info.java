/** The server's own tables, in SQLite or PostgreSQL, with one set of statements. */
package dev.plumbline.server.data;
