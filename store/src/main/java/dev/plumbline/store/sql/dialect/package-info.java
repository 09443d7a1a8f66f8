/** What each database does its own way, and what its statements hold of text. */
package dev.plumbline.store.sql.dialect;
