import React from 'react'

/**
 * In place of react-helmet-async in the bundle, see vite.config.ts. @looker/components-providers writes the fonts
 * of a theme into the document's head with it; the extension's theme has the browser's fonts only. A style that
 * a theme brings all the same works where it stands.
 */
export function HelmetProvider({ children }: { children?: React.ReactNode }) {
  return <>{children}</>
}

export { HelmetProvider as Helmet }
