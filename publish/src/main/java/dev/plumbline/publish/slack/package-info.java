/** Slack: a message for a closed gate, and one when it is open again. */
package dev.plumbline.publish.slack;
