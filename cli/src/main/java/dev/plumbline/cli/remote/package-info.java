/** The command line as a client: commands are sent to a server of Plumbline, which has the history. */
package dev.plumbline.cli.remote;
