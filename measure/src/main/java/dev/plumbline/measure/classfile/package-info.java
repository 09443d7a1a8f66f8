/**
 * The contents of class files, read without running them: the benchmarks of a jar, and the code that each can reach.
 */
package dev.plumbline.measure.classfile;
