/** The manifest is not what Looker takes. */
export class ManifestError extends Error {
  override name = 'ManifestError'
}
