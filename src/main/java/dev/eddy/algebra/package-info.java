/**
 * Symmetric matrices of statistics: covariances, what they decompose into, and equations in them.
 * The one package that knows the library which does it (EJML); others see arrays.
 */
@NullMarked
package dev.eddy.algebra;

import org.jspecify.annotations.NullMarked;
