/** Messages to other programs about what happens in a project: what they say, where they may go, and their delivery. */
package dev.plumbline.server.hook;
