import React, { useState } from 'react'
import { Link } from 'react-router-dom'
import styled from 'styled-components'
import type { Column } from '../../../../shared/looker-result/columns.ts'
import type { PropertyPlan } from '../../../../shared/rows/property-plan.ts'
import { MATCH_BY_LABEL } from '../../../../shared/settings/match-by.ts'
import { countOf } from '../../../../shared/text/text-list.ts'
import { Facts } from '../../../components/facts.tsx'
import { formatDateTime } from '../../../components/format-date.ts'
import { Muted } from '../../../components/text.tsx'
import { useLocale } from '../../../looker/locale.ts'
import { stepPath } from '../../../routes.ts'
import { toCrontab } from '../../../sync/crontab.ts'
import { nextRuns } from '../../../sync/next-runs.ts'
import { scheduleInWords } from '../../../sync/schedule-words.ts'
import { matchedBy } from '../../../sync/settings.ts'
import type { StepId } from '../../steps.ts'
import { useWizard } from '../../wizard-context.ts'

const Change = styled(Link)`
  color: ${({ theme }) => theme.colors.link};
  margin-left: 12px;
`

/** The whole sync in words, each part with the way back to its step. */
export function SyncFacts({ joinKey, plan }: { joinKey: Column; plan: PropertyPlan }) {
  const { draft, planId } = useWizard()
  const locale = useLocale()
  const [now] = useState(() => new Date())
  const crontab = toCrontab(draft.schedule)
  const [next] = crontab === null ? [] : nextRuns(crontab, draft.timezone, now, 1)
  const change = (step: StepId, what: string) => (
    <Change to={stepPath(planId, step)} aria-label={`Change ${what}`}>
      Change
    </Change>
  )
  return (
    <Facts
      facts={[
        [
          'Look',
          <>
            {draft.look?.title} {change('look', 'the Look')}
          </>,
        ],
        [
          'Rows are',
          <>
            {draft.propertyType === 'user' ? 'Users' : 'Accounts'} in Heap environment {draft.environmentId}{' '}
            {change('map', 'the environment')}
          </>,
        ],
        [
          'Join key',
          <>
            {joinKey.label} {change('map', 'the join key')}
          </>,
        ],
        [
          MATCH_BY_LABEL,
          <>
            {matchedBy(draft.propertyType, draft.matchBy)} {change('map', 'what to match by')}
          </>,
        ],
        [
          'Properties',
          <>
            <PropertyNamesLine plan={plan} /> {change('map', 'the properties')}
          </>,
        ],
        [
          'Runs',
          <>
            {scheduleInWords(draft.schedule)}
            {crontab !== null && ` (${draft.timezone})`}
            {next && (
              <div>
                <Muted>Next run: {formatDateTime(next, locale, draft.timezone)}</Muted>
              </div>
            )}
          </>,
        ],
        ['Rows sent', draft.sendAllResults ? 'All results' : "Up to the Look's row limit"],
        ...(draft.dryRun
          ? [['Dry run', 'Rows are checked and counted; nothing is sent'] as [string, string]]
          : []),
        ['Rejected rows allowed', `${draft.maxRejectedPercent.trim() || '0'} %`],
      ]}
    />
  )
}

/** Names shown; the table is one step back. */
const MOST = 12

function PropertyNamesLine({ plan }: { plan: PropertyPlan }) {
  if (plan.kind === 'failed') return <>{plan.message}</>
  const names = plan.properties.map(({ name }) => name)
  const rest = names.length - MOST
  return (
    <>
      {countOf(names.length, 'property', 'properties')}: {names.slice(0, MOST).join(', ')}
      {rest > 0 && ` and ${rest} more`}
    </>
  )
}
