/** The repositories of projects at GitHub and GitLab: what is read from them, posted there, and heard of them. */
package dev.plumbline.server.forge;
