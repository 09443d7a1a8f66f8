/** What class files say without being run: the benchmarks of a jar, and which code each can reach. */
package dev.plumbline.measure.classfile;
