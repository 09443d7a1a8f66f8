/** The history in a PostgreSQL database, which several machines share. */
package dev.plumbline.store.postgres;
