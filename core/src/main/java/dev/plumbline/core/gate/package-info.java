/** The gate: the policy that decides whether findings pass, hold or fail it. Pure functions. */
package dev.plumbline.core.gate;
