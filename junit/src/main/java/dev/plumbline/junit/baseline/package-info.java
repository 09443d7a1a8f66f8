/** The code that a test is held against, kept in a folder, with what is known of it. */
package dev.plumbline.junit.baseline;
