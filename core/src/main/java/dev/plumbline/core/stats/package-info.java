/** Numbers in, numbers out: the statistics everything else stands on. Knows no other package of the product. */
package dev.plumbline.core.stats;
