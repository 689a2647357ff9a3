import { formFields } from '../../shared/settings/sync-settings.ts'

/**
 * What an action called `heap` is. Heap has one of its own of that name, which ignores what it does not know:
 * a dry run would import. So the name says nothing, and only a form that was read does.
 *
 * - `ours`: this action server, with every setting that this extension writes
 * - `outdated`: this action server in an older version, which would ignore settings
 * - `heap_own`: Heap's own action
 * - `unknown`: its form is neither's
 * - `failed`: its form could not be read, so nobody knows
 */
export type ActionKind =
  | { kind: 'ours' }
  | { kind: 'outdated'; missing: string[] }
  | { kind: 'heap_own' }
  | { kind: 'unknown'; fields: string[] }
  | { kind: 'failed'; error: unknown }

/** The whole form of Heap's own action (heap/actions, heap.ts). */
const HEAP_OWN_FIELDS = ['env_id', 'property_type', 'heap_field']

/** In the form of every version of ours, and in no other that is known. */
const OUR_FIELDS = [...HEAP_OWN_FIELDS, 'dry_run', 'property_names']

/** @param fields names of the fields of an action's form, of which there is at least one */
export function kindOfForm(fields: readonly string[]): ActionKind {
  const has = (name: string) => fields.includes(name)
  if (OUR_FIELDS.every(has)) {
    const missing = formFields({})
      .map(({ name }) => name)
      .filter((name) => !has(name))
    return missing.length === 0 ? { kind: 'ours' } : { kind: 'outdated', missing }
  }
  const isHeapOwn = fields.length === HEAP_OWN_FIELDS.length && HEAP_OWN_FIELDS.every(has)
  return isHeapOwn ? { kind: 'heap_own' } : { kind: 'unknown', fields: [...fields] }
}
