/** One series against its history, with the evidence of its suite: numbers in, verdicts and their evidence out. */
package dev.plumbline.core.judge.trial;
