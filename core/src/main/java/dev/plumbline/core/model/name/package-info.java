/** Names of benchmarks as people write them, and patterns of names. */
package dev.plumbline.core.model.name;
