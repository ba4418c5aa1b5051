/**
 * The link over Artery, which delivers at most once and in frames of a bounded size: {@link ArteryMasterLink} and {@link
 * ArteryWorkerLink} are its two ends.
 */
@NullMarked
package dev.pipelinebox.internal.link.artery;

import org.jspecify.annotations.NullMarked;
