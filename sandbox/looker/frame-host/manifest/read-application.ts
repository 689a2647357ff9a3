import { isRecord } from '../../../../shared/is-record.ts'
import type { Entitlements } from '../entitlements.ts'
import { ManifestError } from './manifest-error.ts'
import { readEntitlements } from './read-entitlements.ts'

/** An application of a LookML project's manifest. */
export type ExtensionManifest = {
  /** `<project>::<application>` */
  extensionId: string
  label: string
  bundle: Bundle
  /** The bundle's SHA-384 in base64; null when the manifest has none. */
  sriHash: string | null
  /** Has it a page of its own? Otherwise it is for dashboards only. */
  isStandalone: boolean
  /** Null when the manifest has none; then the extension does not run (documented by Looker). */
  entitlements: Entitlements | null
  /** What Looker does not know, and what is written as it was of old. */
  warnings: readonly string[]
}

/** Where the script of an extension is: at a URL, or in the project. */
export type Bundle = { kind: 'url'; url: string } | { kind: 'file'; file: string }

/** Parameters of an application (reference page of the manifest's `application`). */
const PARAMETERS = ['label', 'url', 'file', 'sri_hash', 'mount_points', 'entitlements']

const MOUNT_POINTS = ['dashboard_vis', 'dashboard_tile', 'standalone']

/** 48 bytes in base64. A browser ignores any other text and loads the script unchecked. */
const SHA384 = /^[A-Za-z0-9+/]{64}$/

/** @throws ManifestError */
export function readApplication(project: string, name: string, content: unknown): ExtensionManifest {
  if (!isRecord(content)) throw new ManifestError(`the application ${name} is empty`)
  const { label, entitlements, sri_hash: sriHash, mount_points: mountPoints } = content
  const read = isRecord(entitlements) ? readEntitlements(entitlements) : null
  const mounts = isRecord(mountPoints) ? mountPoints : { standalone: true }
  const unknown = [
    ...unknownNames(content, PARAMETERS).map((parameter) => `the parameter ${parameter}`),
    ...unknownNames(mounts, MOUNT_POINTS).map((point) => `the mount point ${point}`),
  ]
  return {
    extensionId: `${project}::${name}`,
    label: typeof label === 'string' ? label : name,
    bundle: readBundle(content),
    sriHash: readSriHash(sriHash),
    isStandalone: mounts.standalone === true,
    entitlements: read?.entitlements ?? null,
    warnings: [
      ...unknown.map((what) => `The application ${name} has ${what}, which is not known; nothing reads it.`),
      ...(read?.warnings ?? []).map((warning) => `The application ${name}: ${warning}`),
    ],
  }
}

function unknownNames(given: Record<string, unknown>, known: readonly string[]): string[] {
  return Object.keys(given).filter((name) => !known.includes(name))
}

function readBundle({ url, file }: Record<string, unknown>): Bundle {
  if (url !== undefined && file !== undefined) {
    throw new ManifestError('an application has a url or a file, not both')
  }
  if (typeof url === 'string') return { kind: 'url', url }
  if (typeof file === 'string') return { kind: 'file', file }
  throw new ManifestError('the application has neither url nor file, or more than one of them')
}

function readSriHash(given: unknown): string | null {
  if (given === undefined) return null
  if (typeof given === 'string' && SHA384.test(given)) return given
  throw new ManifestError('sri_hash is the SHA-384 of the bundle in base64, 64 characters without "sha384-"')
}
