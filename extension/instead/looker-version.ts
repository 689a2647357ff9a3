/**
 * In place of semver's `intersects` in the bundle, see vite.config.ts. @looker/extension-sdk asks it only whether
 * Looker is at least of a version: `>=21.7` against `25.20.3` or `7.0`. Major and minor count.
 */
export function intersects(range: string, version: string): boolean {
  const [least, has] = [majorAndMinor(/^>=(\d+)\.(\d+)$/, range), majorAndMinor(/^v?(\d+)\.(\d+)/, version)]
  // As semver does: what cannot be read is an error, not an answer.
  if (!least || !has) throw new TypeError(`Cannot compare the version ${version} with ${range}`)
  return has.major > least.major || (has.major === least.major && has.minor >= least.minor)
}

function majorAndMinor(form: RegExp, text: string) {
  const match = form.exec(text.trim())
  return match && { major: Number(match[1]), minor: Number(match[2]) }
}

// biome-ignore lint/style/noDefaultExport: @looker/extension-sdk imports it so.
export default intersects
