/** `1.2.3`, with what may follow it: `1.2.3-rc.1` */
const VERSION = /^(\d{1,6})\.(\d{1,6})\.\d{1,6}(?:[-+].*)?$/

/** - `unknown`: one of them is no version, as that of a bundle which was not built */
export type VersionFit = 'fit' | 'extension_older' | 'server_older' | 'unknown'

/**
 * Do an extension and a server of these versions know the same? Releases that differ in the last number only do:
 * those are repairs.
 */
export function versionsFit(extension: string, server: string): VersionFit {
  const [one, other] = [VERSION.exec(extension), VERSION.exec(server)]
  if (!one || !other) return 'unknown'
  const difference = Number(one[1]) - Number(other[1]) || Number(one[2]) - Number(other[2])
  return difference === 0 ? 'fit' : difference < 0 ? 'extension_older' : 'server_older'
}
