/**
 * Divides something among who wants it: nobody gets more than he wants, and nobody less than another who wants
 * as much, but for a rest that is too small for all, which goes from one to the next with the turns.
 *
 * @param wanted by each; the shares are in the same order
 * @param turn any number that counts up from time to time
 */
export function fairShares(limit: number, wanted: readonly number[], turn: number): number[] {
  const shares = wanted.map(() => 0)
  const open = wanted.flatMap((want, index) => (want > 0 ? [index] : []))
  let left = limit
  while (left > 0 && open.length > 0) {
    const each = Math.floor(left / open.length)
    const first = turn % open.length
    const round = each > 0 ? [...open] : [...open.slice(first), ...open.slice(0, first)].slice(0, left)
    for (const index of round) {
      const missing = (wanted[index] ?? 0) - (shares[index] ?? 0)
      const given = Math.min(missing, Math.max(1, each))
      shares[index] = (shares[index] ?? 0) + given
      left -= given
      if (given === missing) open.splice(open.indexOf(index), 1)
    }
  }
  return shares
}
