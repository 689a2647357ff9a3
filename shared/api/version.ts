import { Type } from 'typebox'

/** `GET /api/v1/version?extension=0.1.0`: the caller says which version the extension has, and learns the server's. */
export const VersionSchema = Type.Object({
  server: Type.String(),
  /** Versions of the extension that have called this process in its last day. */
  extensions: Type.Array(Type.String()),
})
export type Version = Type.Static<typeof VersionSchema>
