/**
 * What people and machines see over HTTP: the console page, metrics, health, and the JSON of {@code
 * docs/http-api.md}. Read-only.
 */
@NullMarked
package dev.eddy.stream.console;

import org.jspecify.annotations.NullMarked;
