/** Reports of a period: what changed, what it cost, what is open. */
package dev.plumbline.report.period;
