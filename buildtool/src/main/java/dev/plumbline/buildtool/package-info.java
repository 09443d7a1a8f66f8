/** What the plugins of build tools share: the command line within their process, and JMH from a class path. */
package dev.plumbline.buildtool;
