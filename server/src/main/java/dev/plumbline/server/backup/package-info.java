/** A copy of everything that a server keeps in files, and the way back, with a proof that nothing is lost. */
package dev.plumbline.server.backup;
