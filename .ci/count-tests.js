/** Prints how many tests of a Vitest JSON report passed and failed; a file of tests that did not load counts as failed. */
import { readFileSync } from 'node:fs'

const text = readFileSync(process.argv[2], 'utf8')
const {
  numPassedTests = 0,
  numFailedTests = 0,
  numPendingTests = 0,
  testResults = [],
} = text === '' ? { numFailedTests: 1 } : JSON.parse(text)
const broken = testResults.filter(
  ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
)
const skipped = numPendingTests > 0 ? `, ${numPendingTests} skipped` : ''
console.log(`${numPassedTests} passed, ${numFailedTests + broken.length} failed${skipped}`)
