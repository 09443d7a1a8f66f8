/** GitLab: a note on the merge request and a status of the commit. */
package dev.plumbline.publish.gitlab;
