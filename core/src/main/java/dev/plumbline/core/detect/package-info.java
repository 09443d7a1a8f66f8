/** From series and policy to findings: what changed, how sure that is, and why. Pure functions. */
package dev.plumbline.core.detect;
