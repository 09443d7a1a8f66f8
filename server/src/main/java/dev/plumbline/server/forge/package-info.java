/** The repositories of projects at GitHub and GitLab: reading from them, posting to them, and their events. */
package dev.plumbline.server.forge;
