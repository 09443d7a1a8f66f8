/** Pages of one file that open offline. */
package dev.plumbline.report.html;
