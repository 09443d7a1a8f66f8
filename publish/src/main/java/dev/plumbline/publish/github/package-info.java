/** GitHub: a comment, a check, a status, and the files that a job leaves for its summary and its later steps. */
package dev.plumbline.publish.github;
