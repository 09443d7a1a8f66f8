/** The background work of a server. */
package dev.plumbline.server.upkeep;
