/** Location, spread and shape of one sample; samples of forked processes. */
package dev.plumbline.core.stats.sample;
