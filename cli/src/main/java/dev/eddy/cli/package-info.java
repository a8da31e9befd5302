/** The eddy command. Subcommands with more than one class have a package of their own. */
@NullMarked
package dev.eddy.cli;

import org.jspecify.annotations.NullMarked;
