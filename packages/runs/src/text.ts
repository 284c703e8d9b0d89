export { describeFailure } from './describe-failure.js';
export { didYouMean } from './did-you-mean.js';
export { RunFolderError, StoppedOnRequest, UsageError } from './errors.js';
export { bestText, citation, courseText, optionText } from './report/model-text.js';
export { formatCount, formatMetric, formatSeconds } from './report/numbers.js';
