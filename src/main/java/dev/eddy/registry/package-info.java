/** Models as artifacts with a manifest, and the registry that says which one serves. */
@NullMarked
package dev.eddy.registry;

import org.jspecify.annotations.NullMarked;
