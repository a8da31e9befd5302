/** The JSON of docs/http-api.md. */

export type ReadinessState = "LEARNING" | "BASELINE" | "LIVE" | "DEGRADED";

export interface Status {
  stream: string;
  readiness: { state: ReadinessState; reason: string };
  model: { version: string; createdAt: number | null; servingSince: number | null };
  uptimeSeconds: number;
  records: { scored: number; deadLetters: number; perSecond: number };
  alerts: { total: number; lastAt: number | null };
  synthetic: { published: number; rejected: number };
  entities: number;
  threshold: number;
  calibration: { holds: boolean; realised: number; reason: string };
}

export interface Reason {
  feature: string;
  value: string | null;
  expected: string | null;
  normal: string | null;
  contribution: number;
}

export interface Alert {
  id: string;
  entity: string;
  timestamp: number;
  score: number;
  pValue: number;
  threshold: number;
  severity: "WARNING" | "CRITICAL";
  escalates: string | null;
  modelVersion: string;
  summary: string;
  reasons: Reason[];
  detectors: Record<string, number>;
}

export interface ScorePoint {
  at: number;
  timestamp: number;
  entity: string;
  score: number;
}
