/** A service that checks Java sources by the compiler, in worker processes. {@code docs/spring-boot.md} explains it. */
@NullMarked
package dev.pipelinebox.examples.service;

import org.jspecify.annotations.NullMarked;
