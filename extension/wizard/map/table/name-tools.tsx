import { ButtonOutline, ButtonTransparent, FieldText } from '@looker/components'
import React, { useState } from 'react'
import { sharedPrefixes } from '../../../../shared/advice/names/name-prefixes.ts'
import { Row } from '../../../components/panel.tsx'
import { SelectField } from '../../../components/select-field.tsx'
import { included, prefixed } from './property-edits.ts'
import type { PropertyRow } from './property-rows.ts'
import type { useNames } from './use-names.ts'

type Props = ReturnType<typeof useNames> & {
  /** All that there are, and those that the search shows. */
  rows: readonly PropertyRow[]
  shown: readonly PropertyRow[]
}

/** What changes many names in one go, and takes the last change back. */
export function NameTools({ rows, shown, edit, undo }: Props) {
  const [open, setOpen] = useState(false)
  const names = rows.filter(({ state }) => state === 'imported').map(({ property }) => property)
  const prefixes = sharedPrefixes(names)
  return (
    <>
      <Row gap={4}>
        {shown.length > 1 && (
          <>
            <ButtonTransparent
              type="button"
              size="small"
              onClick={() => edit((known) => included(known, shown, true), 'import several')}
            >
              {`Import all ${shown.length} columns`}
            </ButtonTransparent>
            <ButtonTransparent
              type="button"
              size="small"
              onClick={() => edit((known) => included(known, shown, false), 'leave out several')}
            >
              {`Leave out all ${shown.length}`}
            </ButtonTransparent>
          </>
        )}
        {prefixes.length > 0 && (
          <ButtonTransparent type="button" size="small" onClick={() => setOpen(!open)}>
            {open ? 'Close the prefix' : 'Change a prefix'}
          </ButtonTransparent>
        )}
        {undo && (
          <ButtonTransparent type="button" size="small" onClick={undo.run}>
            {`Undo: ${undo.what}`}
          </ButtonTransparent>
        )}
      </Row>
      {open && prefixes.length > 0 && <PrefixFields {...{ rows, edit, prefixes }} />}
    </>
  )
}

function PrefixFields(props: Pick<Props, 'rows' | 'edit'> & { prefixes: ReturnType<typeof sharedPrefixes> }) {
  const { rows, edit, prefixes } = props
  const [wanted, setWanted] = useState('')
  const [replacement, setReplacement] = useState('')
  const chosen = prefixes.find(({ prefix }) => prefix === wanted) ?? prefixes[0]
  if (!chosen) return null
  const { prefix, count } = chosen
  // A word put in front stays a word.
  const beginning = replacement.trim() === '' ? '' : `${replacement.trim()} `
  return (
    <Row style={{ alignItems: 'flex-end' }} data-keep-enter>
      <SelectField
        label="Prefix"
        value={prefix}
        options={prefixes.map((one) => ({
          value: one.prefix,
          label: `${one.prefix.trim()} (${one.count} names)`,
        }))}
        onChange={setWanted}
      />
      <FieldText
        label="Replace it with"
        placeholder="Nothing"
        width="200px"
        value={replacement}
        onChange={(event) => setReplacement(event.currentTarget.value)}
      />
      <ButtonOutline
        type="button"
        onClick={() =>
          edit((known) => prefixed(known, rows, prefix, beginning), `change the prefix ${prefix.trim()}`)
        }
      >
        {beginning === '' ? `Remove it from ${count} names` : `Replace it in ${count} names`}
      </ButtonOutline>
    </Row>
  )
}
