/** Measures the time of code in this process. */
package dev.plumbline.junit.timing;
