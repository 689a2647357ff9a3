/**
 * The end and the steps of an axis from 0, in round numbers: `nice(8734)` -> 10,000 in steps of 5,000.
 *
 * @param most the largest value to be shown, at least 0
 * @returns ticks from 0 on; the last is at least `most`
 */
export function niceScale(most: number, steps = 2): number[] {
  const rough = Math.max(most, 1) / steps
  const magnitude = 10 ** Math.floor(Math.log10(rough))
  const step = Math.max(
    1,
    [1, 2, 2.5, 5, 10].map((factor) => factor * magnitude).find((size) => size >= rough) ?? rough,
  )
  const whole = Number.isInteger(step) ? step : Math.ceil(step)
  return Array.from({ length: steps + 1 }, (_, index) => index * whole)
}
