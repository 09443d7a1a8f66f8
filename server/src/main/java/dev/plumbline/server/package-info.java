/** The server: one process that keeps the histories of several projects and controls access to them. */
package dev.plumbline.server;
