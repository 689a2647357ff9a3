import { Button, ButtonOutline, ButtonTransparent } from '@looker/components'
import type { FormEvent, KeyboardEvent, ReactNode } from 'react'
import React, { useState } from 'react'
import styled from 'styled-components'
import { Notice } from '../components/notice.tsx'
import { PageTitle } from '../components/page.tsx'
import { Row } from '../components/panel.tsx'
import { Lead } from '../components/text.tsx'
import type { StepId } from './steps.ts'
import { neighbour } from './steps.ts'
import { useWizard } from './wizard-context.ts'

const Footer = styled.footer`
  background: ${({ theme }) => theme.colors.background};
  border-top: 1px solid ${({ theme }) => theme.colors.ui2};
  bottom: 0;
  margin-top: 32px;
  padding: 16px 0;
  position: sticky;
  z-index: 2;
`

const Buttons = styled.div`
  align-items: center;
  display: flex;
  gap: 12px;
  justify-content: space-between;
`

const Errors = styled.ul`
  margin: 0;
  max-height: 96px;
  overflow: auto;
  padding-left: 20px;
`

const ErrorBox = styled.div`
  margin-bottom: 16px;
`

type Props = {
  step: StepId
  title: string
  lead: ReactNode
  /** What keeps the step from being left; shown when the analyst tries to. */
  errors: string[]
  /** The step cannot be left yet, and shows itself why. */
  blocked?: boolean
  /** Label of the button that goes on. */
  next?: string
  busy?: boolean
  /** False: a field of the step takes the focus instead of its heading. */
  focus?: boolean
  onNext?: () => void
  /** The errors are to be shown, as another way on was tried. */
  tried?: boolean
  /** Buttons beside the one of Enter; with a stronger one it is outlined. */
  before?: ReactNode
  after?: ReactNode
  outlined?: boolean
  children: (showErrors: boolean) => ReactNode
}

/** One step of the wizard: heading, content, and the buttons below. Enter in a field goes on. */
export function StepForm(props: Props) {
  const { step, title, lead, errors, blocked, next, busy, focus = true, onNext, children } = props
  const { goTo } = useWizard()
  const [submitted, setSubmitted] = useState(false)
  const tried = submitted || props.tried === true
  const before = neighbour(step, -1)
  const after = neighbour(step, 1)
  const Submit = props.outlined ? ButtonOutline : Button

  function submit(event: FormEvent) {
    event.preventDefault()
    setSubmitted(true)
    if (errors.length > 0 || blocked || busy) return
    if (onNext) onNext()
    else if (after) goTo(after)
  }

  return (
    <form onSubmit={submit} onKeyDown={keepEnter} noValidate>
      <PageTitle focus={focus}>{title}</PageTitle>
      <Lead>{lead}</Lead>
      {children(tried)}
      <Footer>
        {tried && errors.length > 0 && (
          <ErrorBox>
            <Notice intent="critical" role="alert">
              <p>
                {errors.length === 1 ? 'One thing to put right:' : `${errors.length} things to put right:`}
              </p>
              <Errors>
                {errors.map((error) => (
                  <li key={error}>{error}</li>
                ))}
              </Errors>
            </Notice>
          </ErrorBox>
        )}
        <Buttons>
          {before ? (
            <ButtonTransparent type="button" color="neutral" onClick={() => goTo(before)}>
              Back
            </ButtonTransparent>
          ) : (
            <span />
          )}
          <Row>
            {props.before}
            <Submit type="submit" disabled={blocked || busy}>
              {next ?? 'Next'}
            </Submit>
            {props.after}
          </Row>
        </Buttons>
      </Footer>
    </form>
  )
}

/** Enter in a search box or in a table of fields must not leave the step. */
function keepEnter(event: KeyboardEvent) {
  const { target } = event
  if (event.key !== 'Enter' || !(target instanceof HTMLInputElement)) return
  if (target.type === 'search' || target.closest('[data-keep-enter]')) event.preventDefault()
}
