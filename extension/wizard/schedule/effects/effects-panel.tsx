import React from 'react'
import { Link } from 'react-router-dom'
import styled from 'styled-components'
import type { Column } from '../../../../shared/looker-result/columns.ts'
import type { PropertyPlan } from '../../../../shared/rows/property-plan.ts'
import { Notice } from '../../../components/notice.tsx'
import { Panel, Row, Stack } from '../../../components/panel.tsx'
import { SectionHeading } from '../../../components/text.tsx'
import { environmentName, useEnvironments } from '../../../history/environments.ts'
import { stepPath } from '../../../routes.ts'
import type { LookSample } from '../../../sample/use-sample.ts'
import { useWizard } from '../../wizard-context.ts'
import { effectsOf } from './effects-of.ts'
import { useRowCheck } from './use-row-check.ts'

const List = styled.ul`
  color: ${({ theme }) => theme.colors.text};
  font-size: ${({ theme }) => theme.fontSizes.small};
  line-height: 1.5;
  margin: 0;
  padding-left: 20px;

  li + li {
    margin-top: 6px;
  }
`

const Headline = styled.strong`
  color: ${({ theme }) => theme.colors.text};
  line-height: 1.4;
`

const Change = styled(Link)`
  color: ${({ theme }) => theme.colors.link};
  font-size: ${({ theme }) => theme.fontSizes.small};
`

type Props = { sample: LookSample; joinKey: Column; plan: PropertyPlan }

/** What a run does to Heap, in figures, before anything is sent. */
export function EffectsPanel({ sample, joinKey, plan }: Props) {
  const { draft, planId } = useWizard()
  const check = useRowCheck()
  const id = draft.environmentId.trim()
  const name = environmentName(useEnvironments(), id)
  const environment = name === id ? `environment ${id}` : name
  const { headline, lines, warnings } = effectsOf({ draft, sample, joinKey, plan, check, environment })
  return (
    <Panel aria-labelledby="effects-heading">
      <SectionHeading id="effects-heading">What a run does</SectionHeading>
      <Stack gap={12}>
        <Headline>{headline}</Headline>
        <List>
          {lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </List>
        {warnings.length > 0 && (
          <Notice intent="warn">
            {warnings.map((text) => (
              <p key={text}>{text}</p>
            ))}
          </Notice>
        )}
        <Row gap={16}>
          <Change to={stepPath(planId, 'look')}>Change the Look</Change>
          <Change to={stepPath(planId, 'map')}>Change the columns</Change>
        </Row>
      </Stack>
    </Panel>
  )
}
