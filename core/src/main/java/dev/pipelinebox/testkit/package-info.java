/**
 * For the tests of programs that use the library: workers inside the test's own process, and faults on order.
 *
 * <p>It only writes configuration, which {@code reference.conf} documents under {@code pipelinebox.test}, so it needs
 * nothing but the public door of the library, {@link dev.pipelinebox.MasterBuilder#config}.
 */
@NullMarked
package dev.pipelinebox.testkit;

import org.jspecify.annotations.NullMarked;
