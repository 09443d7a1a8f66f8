/** The histories of projects, and commands on them. */
package dev.plumbline.server.project;
