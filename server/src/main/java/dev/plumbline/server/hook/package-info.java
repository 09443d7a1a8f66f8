/** Messages to other programs about events in a project: their content, their addresses, and their delivery. */
package dev.plumbline.server.hook;
