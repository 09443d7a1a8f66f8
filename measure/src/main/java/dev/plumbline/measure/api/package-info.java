/**
 * The interface that a program implements to be measured by {@code plumb run --java}, and the process that measures it.
 * Nothing here needs anything but the JDK.
 */
package dev.plumbline.measure.api;
