/** Reports of LNT, LLVM's performance tracker. */
package dev.plumbline.ingest.lnt;
