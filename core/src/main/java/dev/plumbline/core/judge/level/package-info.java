/** Levels that are open or accepted, and what runs on them are held against. */
package dev.plumbline.core.judge.level;
