/**
 * What a program implements to be measured by {@code plumb run --java}, and what measures it in a process of its own.
 * Nothing here needs anything but the JDK.
 */
package dev.plumbline.measure.api;
