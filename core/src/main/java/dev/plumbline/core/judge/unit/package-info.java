/** The changes of the unit of a series that a check holds for until somebody accepts them. */
package dev.plumbline.core.judge.unit;
