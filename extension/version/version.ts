/** The builder puts the version of package.json here. */
declare const __VERSION__: string | undefined

/** The version of this release; outside of a bundle, as in tests of the pages, it is none. */
export const VERSION: string = typeof __VERSION__ === 'string' ? __VERSION__ : 'unbuilt'
