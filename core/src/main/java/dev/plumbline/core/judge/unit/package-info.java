/** The changes of the unit of a series that a check holds for until they are accepted. */
package dev.plumbline.core.judge.unit;
