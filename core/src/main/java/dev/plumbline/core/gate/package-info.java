/** From findings to open or closed: the policy that decides whether a change may pass. Pure functions. */
package dev.plumbline.core.gate;
