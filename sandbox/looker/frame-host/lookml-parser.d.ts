/** The part of lookml-parser that is used here; the package has no types. */
declare module 'lookml-parser' {
  const lookml: { parse: (text: string) => unknown }
  // biome-ignore lint/style/noDefaultExport: a CommonJS package has nothing else
  export default lookml
}
