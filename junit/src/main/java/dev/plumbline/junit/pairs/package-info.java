/** What pairs of times, taken beside each other, say about a limit, and their numbers as messages show them. */
package dev.plumbline.junit.pairs;
