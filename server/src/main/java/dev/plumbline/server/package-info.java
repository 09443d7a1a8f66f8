/** One process that keeps the histories of several projects, and knows who may read and write them. */
package dev.plumbline.server;
