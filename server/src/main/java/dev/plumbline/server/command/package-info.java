/** Runs commands that were typed on other machines: what is sent, what is answered, and what a command may do. */
package dev.plumbline.server.command;
