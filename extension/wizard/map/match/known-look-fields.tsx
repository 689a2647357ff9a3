import { FieldText } from '@looker/components'
import React, { useState } from 'react'
import type { Column } from '../../../../shared/looker-result/columns.ts'
import { ErrorMessage } from '../../../components/error-message.tsx'
import { Row } from '../../../components/panel.tsx'
import { SelectField } from '../../../components/select-field.tsx'
import { useSettled } from '../../../components/use-settled.ts'
import { LOOKS_PER_PAGE, useLookSearch } from '../../../looker/search-looks.ts'
import { matchedBy } from '../../../sync/settings.ts'
import { useWizard } from '../../wizard-context.ts'
import type { KnownLook } from './known-look.ts'

type Props = {
  look: KnownLook | null
  /** Columns of that Look; empty while they are not known. */
  columns: readonly Column[]
  column: string
  choose: (look: KnownLook) => void
}

/** Which Look lists whom Heap knows, and by which column. */
export function KnownLookFields({ look, columns, column, choose }: Props) {
  const { draft } = useWizard()
  const [text, setText] = useState('')
  const search = useLookSearch({ text: useSettled(text), ownerId: null })
  const found = (search.data?.pages[0]?.looks ?? []).filter(({ id }) => id !== draft.look?.id)
  const options = found.map(({ id, title, folder }) => ({
    value: id,
    label: folder === null ? title : `${title} (${folder})`,
  }))
  const isListed = found.some(({ id }) => id === look?.id)
  const chosen = look !== null && !isListed ? [{ value: look.id, label: look.title }] : []
  return (
    <>
      <Row gap={20} style={{ alignItems: 'flex-start' }} data-keep-enter>
        <FieldText
          label="Search its title"
          width="200px"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <SelectField
          label={`Look of the ${draft.propertyType}s that Heap knows`}
          value={look?.id ?? ''}
          placeholder={search.isLoading ? 'Looking for Looks' : 'Choose a Look'}
          description={listWords(text, found.length, search.hasNextPage === true, search.isSuccess)}
          options={[...chosen, ...options]}
          onChange={(id) => {
            const title = found.find((one) => one.id === id)?.title
            if (title !== undefined) choose({ id, title, column: '' })
          }}
        />
        {look !== null && columns.length > 0 && (
          <SelectField
            label={`Column with ${matchedBy(draft.propertyType, draft.matchBy)}`}
            value={column}
            placeholder="Choose a column"
            options={columns.map(({ name, label }) => ({ value: name, label }))}
            onChange={(name) => choose({ ...look, column: name })}
          />
        )}
      </Row>
      {search.isError && <ErrorMessage error={search.error} retry={() => search.refetch()} />}
    </>
  )
}

function listWords(text: string, count: number, hasMore: boolean, isKnown: boolean): string {
  if (!isKnown) return ''
  if (count === 0)
    return text.trim() === '' ? 'You may see no other Look.' : 'No other Look has this in its title.'
  return hasMore ? `The ${LOOKS_PER_PAGE} that were changed last; search for others.` : ''
}
