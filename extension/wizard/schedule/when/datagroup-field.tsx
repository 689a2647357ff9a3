import React from 'react'
import { ErrorMessage } from '../../../components/error-message.tsx'
import { Loading } from '../../../components/loading.tsx'
import { Notice } from '../../../components/notice.tsx'
import { SelectField } from '../../../components/select-field.tsx'
import { useDatagroups } from '../../../looker/all-datagroups.ts'
import { datagroupInWords, qualifiedDatagroup, readDatagroup } from '../../../sync/datagroup.ts'

/** The datagroups of the Look's model. One that a saved sync has stays offered, even when it is gone. */
export function DatagroupField(props: {
  model: string | null
  value: string
  onChange: (datagroup: string) => void
}) {
  const { model, value, onChange } = props
  const datagroups = useDatagroups(model, true)
  if (datagroups.isLoading) return <Loading>Looking for datagroups</Loading>
  if (datagroups.isError) return <ErrorMessage error={datagroups.error} retry={() => datagroups.refetch()} />
  const known = datagroups.data.map(({ model: of, name }) => qualifiedDatagroup(of, name))
  const values = [...new Set([...known, ...(value === '' ? [] : [value])])]
  if (values.length === 0) {
    return (
      <Notice intent="warn">
        The model {model ?? 'of this Look'} has no datagroups. A Looker developer can add one, or choose a
        time instead.
      </Notice>
    )
  }
  return (
    <SelectField
      label="Datagroup"
      description="The sync runs whenever this datagroup triggers."
      placeholder="Choose a datagroup"
      value={value}
      options={values.map((entry) => ({ value: entry, label: labelOf(entry, model) }))}
      onChange={onChange}
    />
  )
}

/** The name is enough where it is of the Look's model. */
function labelOf(datagroup: string, model: string | null): string {
  const { model: of, name } = readDatagroup(datagroup)
  if (of === null) return `${name} (of which model?)`
  return of === model ? name : datagroupInWords(datagroup)
}
