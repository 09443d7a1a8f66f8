/**
 * The history: runs are added, never changed; series are read from it.
 *
 * <p>{@link dev.plumbline.store.RunStore} is the contract of every store; {@link
 * dev.plumbline.store.sqlite.SqliteRunStore} keeps it in one file.
 */
package dev.plumbline.store;
