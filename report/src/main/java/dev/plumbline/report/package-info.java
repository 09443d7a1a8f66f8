/**
 * From values to text: findings for a person at a terminal, for a reviewer in a pull request, or for a
 * program.
 *
 * <p>Everything here is a pure function of its arguments. Nothing asks for the locale, the time zone, the width of the
 * terminal or the clock; equal arguments give equal text. Every string that came from outside is made harmless for the
 * place where it is shown.
 */
package dev.plumbline.report;
