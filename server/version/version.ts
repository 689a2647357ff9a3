import packageJson from '../../package.json' with { type: 'json' }

/** The version of this release; it stands in package.json and nowhere else. */
export const VERSION: string = packageJson.version
