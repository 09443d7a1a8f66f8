/**
 * From values to text: findings for a person at a terminal, for a reviewer in a pull request, or for a
 * program.
 *
 * <p>Everything here is a pure function of its arguments. Nothing reads the locale, the time zone, the width of the
 * terminal or the clock; equal arguments give equal text. Every untrusted string is escaped for the place where it is
 * shown.
 */
package dev.plumbline.report;
