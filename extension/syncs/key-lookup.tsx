import { ButtonOutline, FieldText } from '@looker/components'
import type { FormEvent } from 'react'
import React, { useState } from 'react'
import type { FoundKey, FoundKeys } from '../../shared/api/known-keys.ts'
import { MAX_JOIN_KEY_CHARACTERS } from '../../shared/heap-limits.ts'
import { ErrorMessage } from '../components/error-message.tsx'
import { formatDateTime } from '../components/format-date.ts'
import type { NoticeIntent } from '../components/notice.tsx'
import { Notice } from '../components/notice.tsx'
import { Panel, Row, Stack } from '../components/panel.tsx'
import { SectionHeading } from '../components/text.tsx'
import { useLookUpKey } from '../history/look-up-key.ts'
import type { SyncAddress } from '../history/sync-ref.ts'
import { reasonInWords } from '../imports/reason-in-words.ts'
import { useLocale } from '../looker/locale.ts'
import { Name } from './name-link.tsx'

type Props = { address: SyncAddress; pathOf: (importId: number) => string }

/** Answers what somebody asks who misses a user in Heap. The server knows keys by their hashes only. */
export function KeyLookup({ address, pathOf }: Props) {
  const [key, setKey] = useState('')
  const lookUp = useLookUpKey(address)
  const wanted = key.trim()
  function submit(event: FormEvent) {
    event.preventDefault()
    if (wanted !== '') lookUp.mutate(wanted)
  }
  return (
    <section aria-labelledby="key-heading">
      <SectionHeading id="key-heading">Was this key sent?</SectionHeading>
      <Panel as="form" onSubmit={submit}>
        <Stack gap={16}>
          <Row>
            <FieldText
              label="Join key"
              description="As it stands in the Look, upper and lower case included."
              width="360px"
              maxLength={MAX_JOIN_KEY_CHARACTERS}
              value={key}
              onChange={(event) => {
                setKey(event.currentTarget.value)
                lookUp.reset()
              }}
            />
            <ButtonOutline type="submit" disabled={wanted === '' || lookUp.isLoading}>
              Look it up
            </ButtonOutline>
          </Row>
          {lookUp.isError && <ErrorMessage error={lookUp.error} />}
          {lookUp.isSuccess && <Answer found={lookUp.data} pathOf={pathOf} />}
        </Stack>
      </Panel>
    </section>
  )
}

function Answer({ found, pathOf }: { found: FoundKeys | null; pathOf: Props['pathOf'] }) {
  const locale = useLocale()
  const when = (at: string | null | undefined) => (at ? formatDateTime(new Date(at), locale) : '')
  const [key] = found?.keys ?? []
  const { intent, text } = inWords(key, when(found?.import?.at))
  return (
    <Notice intent={intent} role="status">
      {text}{' '}
      {key && key.importId !== null && (
        <Name to={pathOf(key.importId)}>{`Open the run of ${when(key.at)}`}</Name>
      )}
    </Notice>
  )
}

/** @param last when the last whole delivery began whose keys are known; empty: there is none */
function inWords(key: FoundKey | undefined, last: string): { intent: NoticeIntent; text: string } {
  switch (key?.outcome) {
    case 'delivered':
      return { intent: 'positive', text: 'Yes: Heap has taken its row.' }
    case 'unchanged':
      return {
        intent: 'positive',
        text: 'Yes, before. Its row has not changed since, so that it was not sent again.',
      }
    case 'pending':
      return { intent: 'inform', text: 'Its row is on its way.' }
    case 'rejected':
      return {
        intent: 'critical',
        text: `No: its row was rejected${key.reason === null ? '' : `, ${reasonInWords(key.reason, 1)}`}.`,
      }
    default:
      if (key?.found) {
        return {
          intent: 'inform',
          text: 'It was sent. Rows of that delivery were rejected, and which is not kept any more: send the Look again to know.',
        }
      }
      return last === ''
        ? {
            intent: 'inform',
            text: 'Nobody can tell: no whole delivery of this sync is known by its keys. The next one will be.',
          }
        : { intent: 'warn', text: `No: it was not in the last whole delivery, of ${last}.` }
  }
}
