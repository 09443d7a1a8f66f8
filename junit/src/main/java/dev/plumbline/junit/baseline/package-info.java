/** The stored code that tests are compared with, and the facts about it. */
package dev.plumbline.junit.baseline;
