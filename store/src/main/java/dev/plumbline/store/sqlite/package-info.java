/** The history in a SQLite file. */
package dev.plumbline.store.sqlite;
