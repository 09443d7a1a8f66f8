/** Backup of everything that a server keeps in files, and restoring it, with a verification that nothing is lost. */
package dev.plumbline.server.backup;
