/** Results and histories in the JSON form of Nyrkiö. */
package dev.plumbline.ingest.nyrkio;
