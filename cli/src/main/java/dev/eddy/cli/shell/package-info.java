/**
 * What every command stands on: the console, exit statuses, the configuration option, and the
 * lifetime of a process that runs until it is told to stop.
 */
@NullMarked
package dev.eddy.cli.shell;

import org.jspecify.annotations.NullMarked;
