import React from 'react'
import { Link } from 'react-router-dom'
import styled from 'styled-components'
import { COLORS } from './colors.ts'

export type StepperStep = {
  label: string
  path: string
  state: 'done' | 'current' | 'open' | 'locked'
}

const List = styled.ol`
  display: flex;
  flex-wrap: wrap;
  gap: 8px 4px;
  list-style: none;
  margin: 0 0 32px;
  padding: 0;
`

const Item = styled.li`
  align-items: center;
  color: ${COLORS.muted};
  display: flex;
  flex: 1 1 auto;
  font-size: ${({ theme }) => theme.fontSizes.small};
  gap: 8px;
  white-space: nowrap;

  &:not(:last-child)::after {
    background: ${({ theme }) => theme.colors.ui3};
    content: '';
    flex: 1;
    height: 1px;
    margin: 0 8px;
    min-width: 12px;
  }
  a {
    color: inherit;
    text-decoration: none;
  }
  a:hover {
    text-decoration: underline;
  }
  &:last-child {
    flex: none;
  }
  > * {
    align-items: center;
    border-radius: 4px;
    display: inline-flex;
    gap: 8px;
  }
  a:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.key};
    outline-offset: 2px;
  }
  span[aria-current] {
    color: ${({ theme }) => theme.colors.text};
    font-weight: ${({ theme }) => theme.fontWeights.semiBold};
  }
`

const Position = styled.span<{ strong: boolean }>`
  align-items: center;
  background: ${({ strong, theme }) => (strong ? theme.colors.key : theme.colors.background)};
  border: 1px solid ${({ strong, theme }) => (strong ? theme.colors.key : theme.colors.ui4)};
  border-radius: 50%;
  box-sizing: border-box;
  color: ${({ strong, theme }) => (strong ? theme.colors.keyText : COLORS.muted)};
  display: inline-flex;
  font-size: ${({ theme }) => theme.fontSizes.xsmall};
  font-weight: ${({ theme }) => theme.fontWeights.semiBold};
  height: 24px;
  justify-content: center;
  width: 24px;
`

/** The way through the wizard; steps that can be opened are links. */
export function Stepper(props: { steps: StepperStep[] }) {
  return (
    <nav aria-label="Steps">
      <List>
        {props.steps.map((step, index) => (
          <Item key={step.path}>
            <StepLabel step={step} number={index + 1} />
          </Item>
        ))}
      </List>
    </nav>
  )
}

function StepLabel({ step, number }: { step: StepperStep; number: number }) {
  const content = (
    <>
      <Position strong={step.state === 'current' || step.state === 'done'} aria-hidden="true">
        {step.state === 'done' ? '\u2713' : number}
      </Position>
      {step.label}
    </>
  )
  if (step.state === 'current') return <span aria-current="step">{content}</span>
  return step.state === 'locked' ? <span>{content}</span> : <Link to={step.path}>{content}</Link>
}
