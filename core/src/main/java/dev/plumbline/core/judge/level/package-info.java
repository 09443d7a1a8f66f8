/** Open and accepted levels, and the reference of runs on them. */
package dev.plumbline.core.judge.level;
