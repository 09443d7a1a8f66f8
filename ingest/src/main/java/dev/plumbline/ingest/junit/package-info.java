/** Test reports in the XML form that JUnit made common. */
package dev.plumbline.ingest.junit;
