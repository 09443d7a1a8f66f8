/** Replays settings on a history: false alarms, power, runs needed, and the margins that suit it. Pure functions. */
package dev.plumbline.core.calibrate;
