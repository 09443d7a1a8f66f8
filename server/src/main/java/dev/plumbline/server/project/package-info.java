/** The histories of projects: where they are, and commands on them. */
package dev.plumbline.server.project;
