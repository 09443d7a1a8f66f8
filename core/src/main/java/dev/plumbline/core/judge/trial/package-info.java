/** One series against its history, and what its suite says of it: numbers in, verdicts and their evidence out. */
package dev.plumbline.core.judge.trial;
