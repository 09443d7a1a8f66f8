/** What pairs of times, taken beside each other, say about a limit. */
package dev.plumbline.junit.pairs;
