/** From encoded rows to one calibrated score: detectors, calibration, fusion, explanation. */
@NullMarked
package dev.eddy.scoring;

import org.jspecify.annotations.NullMarked;
