/** The Gradle plugin: thin tasks, each a call of the command line with what Gradle knows. */
package dev.plumbline.gradle;
