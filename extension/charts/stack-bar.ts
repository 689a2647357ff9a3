import type { Part } from './parts.ts'
import { PARTS } from './parts.ts'

export type Segment = { part: Part; y: number; height: number }

/**
 * The pieces of one bar, from the bottom up. A part that is not nothing is never too thin to be seen; the
 * largest gives way, so that the bar keeps its height.
 *
 * @param height of the plot, which stands for `scale` rows
 * @returns y from the top of the plot
 */
export function stackBar(
  parts: Record<Part, number>,
  scale: number,
  height: number,
  thinnest = 2,
): Segment[] {
  const present = PARTS.filter((part) => parts[part] > 0)
  const exact = present.map((part) => (parts[part] / scale) * height)
  const total = Math.max(sum(exact), thinnest * present.length)
  const heights = exact.map((size) => Math.max(size, thinnest))
  const largest = heights.indexOf(Math.max(...heights))
  const spare = heights[largest]
  if (spare !== undefined) heights[largest] = Math.max(thinnest, spare - (sum(heights) - total))
  let y = height
  return present.map((part, index) => {
    const size = heights[index] ?? 0
    y -= size
    return { part, y, height: size }
  })
}

function sum(sizes: readonly number[]): number {
  return sizes.reduce((total, size) => total + size, 0)
}
