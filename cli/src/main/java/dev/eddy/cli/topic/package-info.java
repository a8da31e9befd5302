/** Plain reading of topics, as any consumer of Eddy's would do it. */
@NullMarked
package dev.eddy.cli.topic;

import org.jspecify.annotations.NullMarked;
