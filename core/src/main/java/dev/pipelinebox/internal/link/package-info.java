/**
 * The connection between a master and one worker process, as its two ends see it: {@link WorkerLink} and its listener.
 * The rooms below hold the messages, the transfer of payloads and one room for each transport. User types and decisions
 * about tasks stay out.
 */
@NullMarked
package dev.pipelinebox.internal.link;

import org.jspecify.annotations.NullMarked;
