import type { Column, ResultHeader } from '../../shared/columns.ts'
import { expandPivots, isPivotedCell, readColumns } from '../../shared/columns.ts'
import { findJoinKeyColumn } from '../../shared/join-key-column.ts'
import { isTimeType, isTimeZone } from '../../shared/local-time.ts'
import type { Property } from '../../shared/property-plan.ts'
import { MAX_COLUMNS, planProperties, tooManyColumns } from '../../shared/property-plan.ts'
import type { Row, RowMapper } from '../../shared/row-mapper.ts'
import { createRowMapper, findRowKeys } from '../../shared/row-mapper.ts'
import type { SyncSettings } from '../../shared/sync-settings.ts'
import { countOf } from '../../shared/text-list.ts'
import type { EntityWriter } from '../heap/entity-line.ts'
import { createEntityWriter } from '../heap/entity-line.ts'
import { createBatchBuilder } from './batch-builder.ts'
import { DeliveryError } from './delivery-error.ts'
import type { IntakeWriter } from './intake-writer.ts'
import { JoinKeySet } from './join-key-set.ts'
import { heapTarget } from './sync-target.ts'

/** What is decided from the head of the result and its first row. */
type Plan = { properties: Property[]; warnings: string[]; mapper: RowMapper; writeEntity: EntityWriter }

/**
 * Takes the rows of a result in order: each becomes an entity of a batch, or is rejected or skipped.
 *
 * @param hiddenFields names of columns hidden in the visualization
 * @throws DeliveryError when the columns do not fit the settings; always before the first row is taken,
 *   except for a pivot value that appears only later
 */
export function createRowIntake(
  header: ResultHeader,
  settings: SyncSettings,
  hiddenFields: readonly string[],
  batchSize: number,
  writer: IntakeWriter,
) {
  const columns = readColumns(header, hiddenFields)
  const joinKey = foundJoinKey(columns, settings.joinKeyColumn)
  // Also for a Look without rows: what is wrong with its columns will be wrong tomorrow.
  plannedProperties(columns, joinKey, settings)

  const seen = new JoinKeySet()
  const batches = createBatchBuilder(batchSize)
  const notes = { cut: 0, unwrapped: 0, broken: 0 }
  const pivotKeys = new Set(header.pivots.map((pivot) => pivot.key))
  let plan: Plan | undefined
  let rowNumber = 0

  function takeRow(row: Row, block: readonly Row[]): void {
    rowNumber += 1
    const { mapper, writeEntity } = planFor(row, block)
    const mapped = mapper.mapRow(row)
    if (mapped.kind === 'missing') {
      writer.addSkipped()
    } else if (mapped.kind === 'refused') {
      writer.addRejected({ rowNumber, joinKey: mapped.key, reason: mapped.reason, text: null })
    } else if (!seen.add(mapped.joinKey)) {
      writer.addRejected({ rowNumber, joinKey: mapped.joinKey, reason: 'join_key_duplicate', text: null })
    } else if (settings.dryRun) {
      writer.addChecked(1)
    } else {
      const full = batches.add(writeEntity(mapped.joinKey, mapped.values), rowNumber)
      if (full) writer.addBatch(full)
    }
  }

  function planFor(row: Row, block: readonly Row[]): Plan {
    if (plan && !hasNewPivotKey(row)) return plan
    // A plan is much work, so it is made once for all the pivot values that the block brings.
    for (const other of block) hasNewPivotKey(other)
    if (plan) {
      notes.cut += plan.mapper.notes.cut
      notes.unwrapped += plan.mapper.notes.unwrapped
      notes.broken += plan.mapper.notes.broken
    }
    plan = makePlan(row)
    return plan
  }

  /** Whether all pivot values are announced, in the head or by the first row, is unknown: look at each row. */
  function hasNewPivotKey(row: Row): boolean {
    if (header.fields.pivots.length === 0) return false
    const before = pivotKeys.size
    for (const cell of Object.values(row)) {
      if (isPivotedCell(cell)) for (const key of Object.keys(cell)) pivotKeys.add(key)
    }
    return pivotKeys.size > before
  }

  function makePlan(row: Row): Plan {
    const keys = findRowKeys(columns, row)
    if (keys.kind === 'failed') throw new DeliveryError(keys.message)
    const keyByName = new Map([...keys.keyOf].map(([column, key]) => [column.name, key]))
    const keyOf = (column: Column) => keyByName.get(column.name)
    hasNewPivotKey(row)
    const pivoted = columns.filter((column) => isPivotedCell(row[keyOf(column) ?? ''])).length
    const count = columns.length + pivoted * pivotKeys.size
    if (count > MAX_COLUMNS) throw new DeliveryError(tooManyColumns(count))
    const known = new Map(header.pivots.map((pivot) => [pivot.key, pivot]))
    const pivots = [...pivotKeys].map((key) => known.get(key) ?? { key })
    const expanded = expandPivots(columns, { ...header, pivots }, (column) => {
      const key = keyOf(column)
      return key === undefined ? undefined : row[key]
    })
    const { properties, warnings } = plannedProperties(expanded, joinKey, settings)
    return {
      properties,
      warnings,
      mapper: createRowMapper(joinKey, properties, keyOf, header.timezone),
      writeEntity: createEntityWriter(
        heapTarget(settings),
        properties.map((property) => property.name),
      ),
    }
  }

  return {
    /** Takes rows and waits when too many of them wait for the database. */
    async take(rows: readonly Row[]): Promise<void> {
      for (const row of rows) takeRow(row, rows)
      await writer.advance()
    },

    /** Waits until all rows that were taken are in the database. */
    async finish(): Promise<void> {
      const rest = batches.cut()
      if (rest) writer.addBatch(rest)
      await writer.advance()
      await writer.flush()
    },

    rows: () => rowNumber,

    /** What the analyst should know although nothing failed. */
    warnings(): string[] {
      const { cut, unwrapped, broken } = totals()
      return [
        ...(plan?.warnings ?? []),
        ...(cut > 0
          ? [`${countOf(cut, 'value')} ${were(cut)} longer than 1,023 characters and ${were(cut)} cut.`]
          : []),
        ...(broken > 0
          ? [
              `${countOf(broken, 'value')} with half of a two-part character, which is not valid text, ${were(broken)} left out.`,
            ]
          : []),
        ...(unwrapped > 0
          ? [
              `${countOf(unwrapped, 'cell')} came formatted, as links; the text in them was imported. Switch formatting off in the schedule to import raw values.`,
            ]
          : []),
        ...timeZoneWarning(header, plan?.properties ?? []),
      ]
    },
  }

  function totals() {
    return {
      cut: notes.cut + (plan?.mapper.notes.cut ?? 0),
      unwrapped: notes.unwrapped + (plan?.mapper.notes.unwrapped ?? 0),
      broken: notes.broken + (plan?.mapper.notes.broken ?? 0),
    }
  }
}

function were(count: number): string {
  return count === 1 ? 'was' : 'were'
}

function foundJoinKey(columns: readonly Column[], wanted: string): Column {
  const result = findJoinKeyColumn(columns, wanted)
  if (result.kind === 'failed') throw new DeliveryError(result.message)
  return result.column
}

function plannedProperties(columns: readonly Column[], joinKey: Column, settings: SyncSettings) {
  const plan = planProperties(columns, joinKey, settings.propertyNames)
  if (plan.kind === 'failed') throw new DeliveryError(plan.message)
  return plan
}

function timeZoneWarning(header: ResultHeader, properties: readonly Property[]): string[] {
  if (header.timezone !== null && isTimeZone(header.timezone)) return []
  if (!properties.some(({ column }) => isTimeType(column.type))) return []
  return ['Looker did not name a known time zone, so times were imported without an offset.']
}
