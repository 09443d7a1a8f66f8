/** Publishes reports to pull requests, checks and channels. Each service has one entry class. */
package dev.plumbline.publish;
