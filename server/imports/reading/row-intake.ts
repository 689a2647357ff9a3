import type { PropertyFill } from '../../../shared/api/import-detail.ts'
import type { Column, ResultHeader } from '../../../shared/looker-result/columns.ts'
import type { Row } from '../../../shared/looker-result/row-keys.ts'
import type { LayoutChange } from '../../../shared/looker-result/row-layout.ts'
import { createRowLayout } from '../../../shared/looker-result/row-layout.ts'
import { unknownCells } from '../../../shared/looker-result/row-remarks.ts'
import type { Visualization } from '../../../shared/looker-result/visualization.ts'
import type { Remark } from '../../../shared/report/remark.ts'
import { note, warning } from '../../../shared/report/remark.ts'
import { findJoinKeyColumn } from '../../../shared/rows/join-key-column.ts'
import { isTimeType, isTimeZone } from '../../../shared/rows/local-time.ts'
import type { Property } from '../../../shared/rows/property-plan.ts'
import { MAX_COLUMNS, planProperties, tooManyColumns } from '../../../shared/rows/property-plan.ts'
import type { MappedValue, RowMapper, RowNotes } from '../../../shared/rows/row-mapper.ts'
import { createRowMapper, noNotes } from '../../../shared/rows/row-mapper.ts'
import type { SyncSettings } from '../../../shared/settings/sync-settings.ts'
import { countOf, quoteList } from '../../../shared/text/text-list.ts'
import type { EntityWriter } from '../../heap/entity-line.ts'
import { createEntityWriter } from '../../heap/entity-line.ts'
import type { ScannedRows } from '../../looker/result/scanned-rows.ts'
import { parseAll, parseRow } from '../../looker/result/scanned-rows.ts'
import { NO_ENTITY } from '../../looker/transcode/emit-row.ts'
import type { RowScanning } from '../../looker/transcode/row-table.ts'
import { NO_CELLS } from '../../looker/transcode/row-table.ts'
import { createBatchBuilder } from '../batches/batch-builder.ts'
import { DeliveryError } from '../delivery-error.ts'
import { JoinKeySet } from '../keys/join-key-set.ts'
import type { RowMemory } from '../known/row-memory.ts'
import { heapTarget } from '../sync-target.ts'
import type { IntakeWriter } from './intake-writer.ts'
import { createLearning } from './learning.ts'
import { createPropertyTally } from './property-tally.ts'
import type { RowTranscoder } from './row-transcoder.ts'
import { learnRows } from './row-transcoder.ts'

/** What is decided from the head of the result and its first row. */
type Plan = {
  properties: Property[]
  forgotten: string[]
  mapper: RowMapper
  writeEntity: EntityWriter
  count: (values: readonly MappedValue[]) => void
}

/**
 * Takes the rows of a result in order: each becomes an entity of a batch, or is rejected or skipped.
 *
 * @param visualization what the analyst has hidden in it
 * @param scanning is told how to scan rows, once the first have come
 * @param memory takes the fingerprints of the rows, and says which are left out; null: none are taken
 * @throws DeliveryError when the columns do not fit the settings; always before the first row is taken,
 *   except for a pivot value that appears only later
 */
export function createRowIntake(
  header: ResultHeader,
  settings: SyncSettings,
  visualization: Visualization,
  batchSize: number,
  writer: IntakeWriter,
  scanning: RowScanning,
  memory: RowMemory | null = null,
) {
  const layout = createRowLayout(header, visualization)
  const joinKey = foundJoinKey(layout.columns(), settings.joinKeyColumn)
  // Also for a Look without rows: what is wrong with its columns will be wrong tomorrow.
  plannedProperties(layout.columns(), joinKey, settings)

  const seen = memory?.keys ?? new JoinKeySet()
  const batches = createBatchBuilder(batchSize)
  const notes = noNotes()
  const learning = createLearning(scanning)
  const target = heapTarget(settings)
  const { emptyValue } = settings
  const tally = createPropertyTally(target.manner === 'heap_action')
  let plan: Plan | undefined
  let rowNumber = 0
  /** Of rows that are sent. */
  let entities = 0
  const mostEntities = settings.testRows ?? Number.POSITIVE_INFINITY

  /** @param block all the rows that came with it */
  function addRow(row: Row, block: () => readonly Row[]): void {
    rowNumber += 1
    const { mapper, writeEntity, count } = planFor(row, block)
    const mapped = mapper.mapRow(row)
    if (mapped.kind === 'missing') {
      writer.addSkipped()
    } else if (mapped.kind === 'refused') {
      writer.addRejected({ rowNumber, joinKey: mapped.key, reason: mapped.reason, text: null })
    } else if (!seen.add(mapped.joinKey)) {
      writer.addRejected({ rowNumber, joinKey: mapped.joinKey, reason: 'join_key_duplicate', text: null })
    } else {
      count(mapped.values)
      // The line of a dry run is of use to nothing but its fingerprint.
      if (settings.dryRun && memory === null) writer.addChecked(1)
      else decide(batches.write(writeEntity(mapped.joinKey, mapped.values)))
    }
  }

  /** The same as `addRow` for a row that is not parsed. */
  function addCells({ emitter, count }: RowTranscoder, { source, table }: ScannedRows, row: number): void {
    rowNumber += 1
    layout.seeAlike()
    const size = (table.to[row] ?? 0) - (table.from[row] ?? 0)
    const end = emitter.emit(source, table.cells, table.cellsAt[row] ?? 0, batches.start(), size)
    if (end === NO_ENTITY) {
      const refusal = emitter.refusal()
      if (refusal.kind === 'missing') writer.addSkipped()
      else writer.addRejected({ rowNumber, joinKey: refusal.key, reason: refusal.reason, text: null })
    } else if (!seen.addBytes(emitter.key.view, emitter.key.from, emitter.key.end)) {
      const reason = 'join_key_duplicate'
      writer.addRejected({ rowNumber, joinKey: emitter.keyText(), reason, text: null })
    } else {
      count()
      decide(end)
    }
  }

  /** What becomes of the entity whose line was written up to `end`. */
  function decide(end: number): void {
    if (memory?.isUnchanged(batches.buffer.view, batches.start(), end)) {
      writer.addUnchanged()
    } else if (settings.dryRun) {
      writer.addChecked(1)
    } else {
      entities += 1
      const full = batches.commit(end, rowNumber)
      if (full) writer.addBatch(full)
    }
  }

  /** @param row one that was just taken */
  function learn(bytes: Uint8Array, row: Row): RowTranscoder | null {
    if (plan === undefined) return null
    const { properties } = plan
    const { timezone } = header
    const { buffer: lines } = batches
    const rows = { joinKey, properties, layout, timezone, target, emptyValue, notes, lines, tally }
    return learnRows(bytes, row, rows)
  }

  function planFor(row: Row, block: () => readonly Row[]): Plan {
    const change = layout.see(row)
    if (change.kind === 'failed') throw new DeliveryError(change.message)
    // A plan is much work, so it is made once for all the pivot values that the block brings.
    if (change.kind === 'columns') layout.lookAhead(block())
    if (change.kind !== 'same') learning.forget()
    if (plan === undefined || change.kind !== 'same') plan = makePlan(plan, change)
    return plan
  }

  /** A plan is much work: what new keys leave as it is is taken over. */
  function makePlan(before: Plan | undefined, change: LayoutChange): Plan {
    if (before && change.kind === 'keys') return { ...before, mapper: mapperOf(before.properties) }
    const count = layout.countColumns()
    if (count > MAX_COLUMNS) throw new DeliveryError(tooManyColumns(count))
    const { properties, warnings } = plannedProperties(layout.columns(), joinKey, settings)
    const names = properties.map((property) => property.name)
    const addKinds = tally.counterOf(names)
    const kinds = new Uint8Array(names.length)
    return {
      properties,
      forgotten: warnings,
      mapper: mapperOf(properties),
      writeEntity: createEntityWriter(target, names, emptyValue),
      count: (values) => {
        for (let index = 0; index < kinds.length; index += 1) kinds[index] = tally.kindOf(values[index])
        addKinds(kinds)
      },
    }
  }

  function mapperOf(properties: readonly Property[]): RowMapper {
    return createRowMapper(joinKey, properties, layout, header.timezone, notes)
  }

  return {
    /** Adds rows and waits when too many of them wait for the database. */
    async addRows(scanned: ScannedRows): Promise<void> {
      const { source, table, others } = scanned
      const all = () => parseAll(scanned)
      let other = 0
      for (let row = 0; row < scanned.count && entities < mostEntities; row += 1) {
        const cellsAt = table.cellsAt[row] ?? NO_CELLS
        const parsed = cellsAt === NO_CELLS ? others[other] : undefined
        const transcoder = learning.transcoder()
        if (parsed !== undefined) {
          other += 1
          addRow(parsed, all)
          // Rows that came before something was learned say nothing against it.
          if (transcoder === null || transcoder.scanner === table.scanner) {
            learning.addMissed(() => learn(source.bytes.subarray(table.from[row], table.to[row]), parsed))
          }
        } else if (
          transcoder === null ||
          transcoder.scanner !== table.scanner ||
          transcoder.opensColumn(table.cells, cellsAt)
        ) {
          addRow(parseRow(scanned, row), all)
        } else {
          addCells(transcoder, scanned, row)
          learning.addMatched()
        }
      }
      await writer.advance()
    },

    /** Waits until all rows that were added are in the database. */
    async finish(): Promise<void> {
      const rest = batches.cut()
      if (rest) writer.addBatch(rest)
      await writer.advance()
      await writer.flush()
    },

    rows: () => rowNumber,

    /** Has a test all the rows that it sends? Then nothing more needs to be read. */
    isDone: () => entities >= mostEntities,

    /** The join keys of the rows so far. */
    keys: () => seen,
    /** How many of the entities have a value of each property; none before the first row. */
    properties: (): PropertyFill[] => tally.counts(),

    /** What the analyst should know although nothing failed. */
    remarks: (): Remark[] => [
      ...(plan?.forgotten ?? []).map((text) => warning('forgotten_columns', text)),
      ...layout.remarks(),
      ...remarksOfValues(notes),
      ...remarksOfTimes(header, plan?.properties ?? []),
    ],
  }
}

function remarksOfValues({ cut, broken, unwrapped, unknown }: RowNotes): Remark[] {
  const remarks: Remark[] = []
  if (cut > 0) {
    const text = `${countOf(cut, 'value')} ${were(cut)} longer than 1,023 characters and ${were(cut)} cut.`
    remarks.push(warning('values_cut', text, cut))
  }
  if (broken > 0) {
    const text = `${countOf(broken, 'value')} with half of a two-part character, which is not valid text, ${were(broken)} left out.`
    remarks.push(warning('values_left_out', text, broken))
  }
  if (unwrapped > 0) {
    const text = `${countOf(unwrapped, 'cell')} came formatted, as links; the text in them was imported. Switch formatting off in the schedule to import raw values.`
    remarks.push(warning('values_unwrapped', text, unwrapped))
  }
  if (unknown.size > 0) remarks.push(unknownCells(unknown))
  return remarks
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

function remarksOfTimes(header: ResultHeader, properties: readonly Property[]): Remark[] {
  const times = properties.filter(({ column }) => isTimeType(column.type))
  const [converted, unconverted] = [true, false].map((isConverted) =>
    times.filter(({ column }) => column.isConverted === isConverted),
  )
  const remarks: Remark[] = []
  const isKnown = header.timezone !== null && isTimeZone(header.timezone)
  if (converted && converted.length > 0 && !isKnown) {
    remarks.push(
      warning(
        'unknown_time_zone',
        'Looker did not name a known time zone, so times were imported without an offset.',
      ),
    )
  }
  if (unconverted && unconverted.length > 0) {
    const names = quoteList(
      unconverted.map(({ name }) => name),
      5,
    )
    remarks.push(
      note(
        'unconverted_times',
        `Looker does not convert the times of ${names} into the time zone of the query, so they were imported without an offset.`,
        unconverted.length,
      ),
    )
  }
  return remarks
}
