/** The evidence of pairs of times, taken beside each other, about a limit, and their numbers as messages show them. */
package dev.plumbline.junit.pairs;
