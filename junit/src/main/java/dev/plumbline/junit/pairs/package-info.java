/** The evidence from pairs of times about a limit, and their numbers in messages. */
package dev.plumbline.junit.pairs;
