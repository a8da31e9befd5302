package dev.eddy.trainer.training;

import dev.eddy.registry.ModelVersion;
import dev.eddy.trainer.gate.GateVerdict;
import dev.eddy.trainer.guard.Screened;

/** What one training came to: a published version, and whether it serves. */
public record TrainingOutcome(ModelVersion version, GateVerdict verdict, Screened screened) {}
