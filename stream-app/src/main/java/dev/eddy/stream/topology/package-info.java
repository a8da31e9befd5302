/**
 * From source bytes to scores: decoding with dead letters, the context of entities, and the scoring
 * of micro-batches. Topologies are built by pure functions.
 */
@NullMarked
package dev.eddy.stream.topology;

import org.jspecify.annotations.NullMarked;
