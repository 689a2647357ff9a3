import { ButtonOutline } from '@looker/components'
import React, { useState } from 'react'
import type { ImportSummary } from '../../../shared/api/import-summary.ts'
import type { ImportFilter } from '../../../shared/api/sync-imports.ts'
import { IMPORT_FILTERS } from '../../../shared/api/sync-imports.ts'
import { countOf } from '../../../shared/text/text-list.ts'
import { RunsChart } from '../../charts/runs-chart.tsx'
import { ErrorMessage } from '../../components/error-message.tsx'
import { formatDateTime } from '../../components/format-date.ts'
import { Loading } from '../../components/loading.tsx'
import { Panel, Row, Stack } from '../../components/panel.tsx'
import { SelectField } from '../../components/select-field.tsx'
import { Muted, SectionHeading } from '../../components/text.tsx'
import { useFocusOnMore } from '../../components/use-focus-on-more.ts'
import { useSyncImports } from '../../history/sync-imports.ts'
import type { SyncAddress } from '../../history/sync-ref.ts'
import { useLocale } from '../../looker/locale.ts'
import { RunsTable } from './runs-table.tsx'

const TABLE = 'runs-table'

/** A chart has room for so many. */
const CHARTED = 30

const FILTER_WORDS: Record<ImportFilter, string> = {
  running: 'Running',
  success: 'Well',
  failed: 'Failed',
  rejected_rows: 'With rejected rows',
  held: 'Held',
}

type Props = {
  address: SyncAddress
  /** Changes when there is something new to be seen. */
  version: string
  pathOf: (importId: number) => string
}

/** All runs of a sync: the newest as a chart, all as a table. */
export function RunsSection({ address, version, pathOf }: Props) {
  const [filter, setFilter] = useState<ImportFilter | null>(null)
  const locale = useLocale()
  const all = useSyncImports(address, null, version)
  const newest = all.data?.pages[0]?.imports ?? []
  const timeOf = (run: ImportSummary) => formatDateTime(new Date(run.startedAt), locale)
  return (
    <section aria-labelledby="runs-heading">
      <SectionHeading id="runs-heading">Runs</SectionHeading>
      {all.error && !all.data && <ErrorMessage error={all.error} retry={() => all.refetch()} />}
      {!all.data && !all.error && <Loading>Asking the action server</Loading>}
      {all.data && newest.length === 0 && <Muted>Nothing has been delivered yet.</Muted>}
      {newest.length > 0 && (
        <Stack gap={20}>
          <Panel>
            <RunsChart
              runs={newest.slice(0, CHARTED)}
              pathOf={({ id }) => pathOf(id)}
              timeOf={timeOf}
              describedBy={TABLE}
            />
          </Panel>
          <SelectField
            label="Show"
            value={filter ?? ''}
            options={[
              { value: '', label: 'All runs' },
              ...IMPORT_FILTERS.map((value) => ({ value, label: FILTER_WORDS[value] })),
            ]}
            onChange={(value) => setFilter(IMPORT_FILTERS.find((one) => one === value) ?? null)}
          />
          <RunPages address={address} filter={filter} version={version} pathOf={pathOf} timeOf={timeOf} />
        </Stack>
      )}
    </section>
  )
}

function RunPages(props: Props & { filter: ImportFilter | null; timeOf: (run: ImportSummary) => string }) {
  const runs = useSyncImports(props.address, props.filter, props.version)
  const shown = runs.data?.pages.flatMap((page) => page.imports) ?? []
  const { list, more } = useFocusOnMore<HTMLDivElement>(shown.length)
  if (runs.error && !runs.data) return <ErrorMessage error={runs.error} retry={() => runs.refetch()} />
  if (!runs.data) return <Loading>Asking the action server</Loading>
  if (shown.length === 0) return <Muted role="status">No run is of this kind.</Muted>
  return (
    <Stack gap={12}>
      <div ref={list}>
        <RunsTable id={TABLE} runs={shown} pathOf={props.pathOf} timeOf={props.timeOf} />
      </div>
      {runs.error && <ErrorMessage error={runs.error} retry={() => runs.refetch()} />}
      <Row>
        <Muted role="status">
          {runs.hasNextPage ? `The newest ${countOf(shown.length, 'run')}` : countOf(shown.length, 'run')}
        </Muted>
        {runs.hasNextPage && (
          <ButtonOutline
            size="small"
            disabled={runs.isFetchingNextPage}
            onClick={() => {
              more()
              runs.fetchNextPage()
            }}
          >
            Load more
          </ButtonOutline>
        )}
      </Row>
    </Stack>
  )
}
