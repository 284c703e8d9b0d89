/** Ends a jest run with one plain line: `N passed, N failed, N skipped`. */
export default class PlainSummaryReporter {
  onRunComplete(_contexts, { numPassedTests, numFailedTests, numPendingTests, numRuntimeErrorTestSuites }) {
    const failed = numFailedTests + numRuntimeErrorTestSuites;
    // After jest's own reporters, which write to standard error, have finished.
    process.on('exit', () =>
      console.log(`${numPassedTests} passed, ${failed} failed, ${numPendingTests} skipped`),
    );
  }
}
