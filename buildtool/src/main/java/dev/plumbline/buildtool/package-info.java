/** The common part of build tool plugins: the command line within their process, and JMH from a class path. */
package dev.plumbline.buildtool;
