/**
 * What the host of a real Looker does is not known from public sources in these points. Each has the answers
 * that are plausible; an extension has to work with all of them.
 */
export type HostUnknowns = {
  /** Context data that nobody has saved is falsy; which of the two? */
  neverSaved: 'undefined' | 'null'
  /** The value of an API call that is answered with 204. */
  noContent: 'empty text' | 'undefined'
  /** Reading an attribute whose value is hidden. */
  hiddenAttribute: 'null' | 'refused'
  /** A request through the server proxy that has a method with a body, but neither body nor content type. */
  bareRequest: 'as it is' | 'as an empty form'
  /** `access_data` on the extension's model, without `explore` and `develop`. */
  accessDataAlone: 'refused' | 'enough'
}

export const USUAL_UNKNOWNS: HostUnknowns = {
  neverSaved: 'undefined',
  noContent: 'empty text',
  hiddenAttribute: 'null',
  bareRequest: 'as it is',
  accessDataAlone: 'refused',
}
