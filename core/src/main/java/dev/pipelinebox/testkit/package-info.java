/**
 * For the tests of programs that use the library: workers inside the test's own process, and injected faults.
 *
 * <p>It only writes configuration, which {@code reference.conf} documents under {@code pipelinebox.test}. So it needs
 * only the public {@link dev.pipelinebox.MasterBuilder#config}.
 */
@NullMarked
package dev.pipelinebox.testkit;

import org.jspecify.annotations.NullMarked;
