import type { Parameters, RunDetails } from 'fast-check'

/** Longest counterexample that is printed: the seed brings it back whole. */
const SHOWN_CHARACTERS = 2_000

/**
 * How a property-based test runs. The seed is printed; `PROPERTY_SEED=<seed> PROPERTY_PATH=<path>`, as a
 * failure prints them, replays it, `PROPERTY_RUNS=<n>` runs it longer.
 */
export function propertyRuns<T>(name: string, runs: number): Parameters<T> {
  const seed = Number(process.env.PROPERTY_SEED ?? Math.floor(Math.random() * 2 ** 31))
  const numRuns = Number(process.env.PROPERTY_RUNS ?? runs)
  process.stdout.write(`${name}: ${numRuns} runs, PROPERTY_SEED=${seed}\n`)
  const path = process.env.PROPERTY_PATH
  // Every run takes real time; shrinking would take minutes.
  return { seed, numRuns, endOnFailure: true, reporter: report, ...(path ? { path } : {}) }
}

function report<T>({
  failed,
  seed,
  numRuns,
  counterexamplePath,
  counterexample,
  errorInstance,
}: RunDetails<T>) {
  if (!failed) return
  // What the heap did comes last, and is what one wants to see.
  const shown = JSON.stringify(counterexample)?.slice(-SHOWN_CHARACTERS)
  throw new Error(
    `Failed in run ${numRuns}. To replay it: PROPERTY_SEED=${seed} PROPERTY_PATH=${counterexamplePath}\n… ${shown}`,
    { cause: errorInstance },
  )
}
