/** From a report to where people look: pull requests, checks, channels. One class of each service is its door. */
package dev.plumbline.publish;
