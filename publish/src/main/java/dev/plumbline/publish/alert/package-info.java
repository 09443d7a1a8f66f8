/** Messages to people: once for each reason that fails the gate, and once when it passes again. */
package dev.plumbline.publish.alert;
