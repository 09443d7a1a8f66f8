/** The goals of the Maven plugin: thin, each a call of the command line with what Maven knows. */
package dev.plumbline.maven;
