import React from 'react'
import styled from 'styled-components'
import { MATCH_BY_LABEL, MATCH_BY_WORDS } from '../../../../shared/settings/match-by.ts'
import { SelectField } from '../../../components/select-field.tsx'
import type { LookSample } from '../../../sample/use-sample.ts'
import { useWizard } from '../../wizard-context.ts'
import { EmptyCells } from './empty-cells.tsx'
import { EnvironmentField } from './environment-field.tsx'

/** All fields in one line where the window has its usual width. */
const Bar = styled.div`
  align-items: start;
  display: grid;
  gap: 12px 16px;
  grid-template-columns: repeat(auto-fit, minmax(172px, 1fr));

  @media (min-width: 1000px) {
    grid-template-columns: 108px 150px repeat(3, minmax(0, 1fr));
  }
  > div {
    display: flex;
    flex-direction: column;
    min-width: 0;
  }
  > label,
  > div > label {
    align-self: stretch;
  }
  select {
    width: 100%;
  }
`

const ErrorLine = styled.p`
  color: ${({ theme }) => theme.colors.critical};
  font-size: ${({ theme }) => theme.fontSizes.xsmall};
  margin: 4px 0 0;
`

type Props = { sample: LookSample; joinKey: string; errors: Record<string, string> }

/** The sentence of the sync: what its rows are, where they go, and by what they are found there. */
export function MappingBar({ sample, joinKey, errors }: Props) {
  const { draft, update } = useWizard()
  const keys = sample.columns.filter(({ column }) => column.pivot === null)
  return (
    <Bar role="group" aria-label="Mapping">
      <SelectField
        label="Rows are"
        value={draft.propertyType}
        options={[
          { value: 'user', label: 'Users' },
          { value: 'account', label: 'Accounts' },
        ]}
        onChange={(value) => update({ propertyType: value === 'account' ? 'account' : 'user' })}
      />
      <EnvironmentField error={errors.env_id} />
      {draft.propertyType === 'user' ? (
        <div>
          <SelectField
            label={MATCH_BY_LABEL}
            value={draft.matchBy ?? ''}
            placeholder="Choose what to match by"
            options={[
              { value: 'identity', label: MATCH_BY_WORDS.identity },
              { value: 'heap_setup', label: MATCH_BY_WORDS.heap_setup },
            ]}
            onChange={(value) => update({ matchBy: value === 'heap_setup' ? 'heap_setup' : 'identity' })}
          />
          {errors.match_by && <ErrorLine>{errors.match_by}</ErrorLine>}
        </div>
      ) : (
        <SelectField
          label={MATCH_BY_LABEL}
          value="account"
          options={[{ value: 'account', label: 'Heap account ID' }]}
          onChange={() => {}}
        />
      )}
      <div>
        <SelectField
          label="Join key"
          value={joinKey}
          placeholder="Choose a column"
          options={keys.map(({ column }) => ({ value: column.name, label: column.label }))}
          onChange={(name) => update({ joinKey: name, keyRisk: null })}
        />
        {errors.heap_field && <ErrorLine>{errors.heap_field}</ErrorLine>}
      </div>
      <EmptyCells />
    </Bar>
  )
}
