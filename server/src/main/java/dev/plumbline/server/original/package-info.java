/** Original result files: kept packed beside the histories, each once, for as long as its project wants. */
package dev.plumbline.server.original;
