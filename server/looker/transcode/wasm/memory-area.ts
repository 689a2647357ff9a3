const PAGE = 64 * 1024

/** Bytes that may be read or written beyond the end of what is wanted, so that words can be moved whole. */
const SLACK = 16

/**
 * A memory of WebAssembly with what JavaScript sees of it. Growing replaces `bytes` and `view`, so ask for them anew
 * after `reserve`.
 */
export type MemoryArea = {
  memory: WebAssembly.Memory
  bytes: Buffer
  view: DataView
  /** Makes room for so many bytes after `at`, and some more. */
  reserve: (at: number, length: number) => void
}

export function createMemoryArea(): MemoryArea {
  const memory = new WebAssembly.Memory({ initial: 1 })
  const area: MemoryArea = { memory, bytes: seen(memory), view: new DataView(memory.buffer), reserve }

  function reserve(at: number, length: number): void {
    const missing = at + length + SLACK - area.bytes.length
    if (missing <= 0) return
    // Twice as much each time, so that growing costs the same per byte.
    memory.grow(Math.ceil(Math.max(missing, area.bytes.length) / PAGE))
    area.bytes = seen(memory)
    area.view = new DataView(memory.buffer)
  }

  return area
}

function seen(memory: WebAssembly.Memory): Buffer {
  return Buffer.from(memory.buffer)
}
