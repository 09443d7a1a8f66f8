/** Reports for CI systems and code scanning: JUnit, SARIF, Code Quality. */
package dev.plumbline.report.ci;
