/**
 * The interface that a program implements to be measured by {@code plumb run --java}, and the process that measures it.
 * It depends only on the JDK.
 */
package dev.plumbline.measure.api;
