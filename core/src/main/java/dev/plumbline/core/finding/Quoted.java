package dev.plumbline.core.finding;

/**
 * A quotation from a stored report, in its own words and under its own names. It is no more than passed on: nothing in
 * here looks into it, and only the module {@code report} makes any.
 */
public non-sealed interface Quoted extends Evidence, Reason {}
