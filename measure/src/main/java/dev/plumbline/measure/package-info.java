/**
 * Takes measurements: subjects are measured in turn, in an order that distributes slow changes of the machine equally
 * over all of them, until they are precise enough.
 */
package dev.plumbline.measure;
