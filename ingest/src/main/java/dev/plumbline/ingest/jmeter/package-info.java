/** Results of Apache JMeter. */
package dev.plumbline.ingest.jmeter;
