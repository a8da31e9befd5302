/**
 * The typed stream definition: what a user writes in YAML, checked as a whole. Nothing here knows
 * how a record is read, scored or stored.
 */
@NullMarked
package dev.eddy.definition;

import org.jspecify.annotations.NullMarked;
