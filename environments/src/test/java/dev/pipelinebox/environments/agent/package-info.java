/** A Java agent, as a user's tools bring them. */
package dev.pipelinebox.environments.agent;
