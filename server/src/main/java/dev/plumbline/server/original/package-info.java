/** Original result files: stored compressed next to the histories, each once, for the retention time of its project. */
package dev.plumbline.server.original;
