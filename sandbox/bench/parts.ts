import type { BenchPart } from './bench-context.ts'

type Part = {
  load: () => Promise<BenchPart>
  /** Only when it is named. */
  onDemand?: true
}

/** The parts of the benchmark, in their order. A part is loaded when it is run. */
export const PARTS: Record<string, Part> = {
  reading: { load: async () => (await import('./parts/reading.ts')).measureReading },
  whole: { load: async () => (await import('./parts/whole.ts')).measureWhole },
  wire: { load: async () => (await import('./parts/wire.ts')).measureWires },
  peer: { load: async () => (await import('./parts/peer.ts')).measureOverPeer },
  kinds: { load: async () => (await import('./parts/kinds.ts')).measureKinds },
  memory: { load: async () => (await import('./parts/memory.ts')).measureMemory },
  changed: { load: async () => (await import('./parts/changed.ts')).measureChanged },
  small: { load: async () => (await import('./parts/small.ts')).measureSmall },
  processes: { load: async () => (await import('./parts/processes.ts')).measureProcesses },
  beside: { load: async () => (await import('./parts/beside.ts')).measureBeside },
  history: { load: async () => (await import('./parts/history.ts')).measureHistory },
  extension: { load: async () => (await import('./parts/extension.ts')).measureExtension },
}
