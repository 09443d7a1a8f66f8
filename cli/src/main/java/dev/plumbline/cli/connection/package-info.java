/** The connection of a project on a server to its repository at GitHub or GitLab. */
package dev.plumbline.cli.connection;
