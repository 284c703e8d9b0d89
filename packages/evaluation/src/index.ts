export { errorOfMean } from './baselines/mean-example.js';
export { pcaBaselines, type PcaBaseline } from './baselines/pca.js';
export { diagnoseCode, type CodeEvidence, type Finding, type FindingKind } from './diagnose-code.js';
export { findFaults } from './find-faults.js';
export type { Metric } from './metric.js';
export { metrics } from './metrics/index.js';
export { scoresOf } from './score.js';
export { thresholdAt } from './threshold.js';
