/**
 * The report on synthetic records as one page of HTML that needs nothing else: no network, no
 * script. Charts are drawn here, as SVG.
 */
@NullMarked
package dev.eddy.cli.synthesize.report;

import org.jspecify.annotations.NullMarked;
