/** Runs commands for other machines: requests, responses, and the rights of commands. */
package dev.plumbline.server.command;
