import { replaceEqualDeep } from '@tanstack/react-query'
import { useEffect, useMemo, useRef } from 'react'
import type { PropertyRow } from './property-rows.ts'
import { propertyRows } from './property-rows.ts'

/**
 * The rows of the table of properties. Every key that is typed makes them anew; a row that still says the same
 * remains the same object, so that it is not drawn again.
 */
export function usePropertyRows(...[sampled, mapping]: Parameters<typeof propertyRows>) {
  const { joinKey, names, propertyType, neighboursOf } = mapping
  const before = useRef<PropertyRow[]>([])
  const rows = useMemo(
    () =>
      replaceEqualDeep(before.current, propertyRows(sampled, { joinKey, names, propertyType, neighboursOf })),
    [sampled, joinKey, names, propertyType, neighboursOf],
  )
  useEffect(() => {
    before.current = rows
  }, [rows])
  return rows
}
