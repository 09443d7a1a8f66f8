/** Commands about a shared server. */
package dev.plumbline.cli.server;
