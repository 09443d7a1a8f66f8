/**
 * Takes measurements: subjects are measured in turn, in an order that mixes slow changes of the machine into all of
 * them alike, until enough is known.
 */
package dev.plumbline.measure;
