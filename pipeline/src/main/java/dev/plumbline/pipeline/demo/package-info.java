/** The demo, its validation, and the demo that measures this machine. */
package dev.plumbline.pipeline.demo;
