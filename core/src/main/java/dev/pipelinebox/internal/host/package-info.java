/**
 * What runs on another machine for a master: a host joins it, takes in the code of the workers, starts them as its children,
 * relays their links, and ends them when its lease has expired.
 *
 * <p>It decides nothing about tasks, and knows no user types.
 */
@NullMarked
package dev.pipelinebox.internal.host;

import org.jspecify.annotations.NullMarked;
