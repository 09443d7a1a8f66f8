/** What a server does by itself, so that nobody has to think of it. */
package dev.plumbline.server.upkeep;
