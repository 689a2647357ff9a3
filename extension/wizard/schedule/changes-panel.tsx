import React from 'react'
import type { Column } from '../../../shared/looker-result/columns.ts'
import { Notice } from '../../components/notice.tsx'
import { Panel, Stack } from '../../components/panel.tsx'
import { Table, TableFrame } from '../../components/table.tsx'
import { Muted, SectionHeading } from '../../components/text.tsx'
import type { Draft } from '../../sync/draft.ts'
import { draftChanges, leftInHeap } from '../../sync/draft-changes.ts'
import { useWizard } from '../wizard-context.ts'

/** What saving changes about the sync, and what it leaves behind. */
export function ChangesPanel({ saved, columns }: { saved: Draft; columns: readonly Column[] }) {
  const { draft } = useWizard()
  const changes = draftChanges(saved, draft, columns)
  const left = leftInHeap(saved, draft, columns)
  return (
    <Panel aria-labelledby="changes-heading">
      <SectionHeading id="changes-heading">What changes</SectionHeading>
      <Stack gap={12}>
        {changes.length === 0 ? (
          <Muted>Nothing yet. The sync stays as it is.</Muted>
        ) : (
          <TableFrame>
            <Table aria-labelledby="changes-heading">
              <thead>
                <tr>
                  <th scope="col" aria-label="Setting" />
                  <th scope="col">Before</th>
                  <th scope="col">After</th>
                </tr>
              </thead>
              <tbody>
                {changes.map(({ what, before, after }) => (
                  <tr key={what}>
                    <th scope="row">{what}</th>
                    <td>{before}</td>
                    <td>{after}</td>
                  </tr>
                ))}
              </tbody>
            </Table>
          </TableFrame>
        )}
        {left.length > 0 && (
          <Notice intent="warn">
            {left.map((text) => (
              <p key={text}>{text}</p>
            ))}
          </Notice>
        )}
      </Stack>
    </Panel>
  )
}
