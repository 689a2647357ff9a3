import React, { useEffect, useRef } from 'react'
import styled from 'styled-components'
import { useLooker } from '../looker/adaptor.tsx'

const Main = styled.main`
  box-sizing: border-box;
  margin: 0 auto;
  max-width: 1080px;
  padding: 32px 32px 64px;
  width: 100%;
`

const Title = styled.h1`
  color: ${({ theme }) => theme.colors.text};
  font-size: ${({ theme }) => theme.fontSizes.xxlarge};
  font-weight: ${({ theme }) => theme.fontWeights.semiBold};
  line-height: 1.3;
  margin: 0 0 8px;
  outline: none;
  overflow-wrap: anywhere;
`

/**
 * The heading of a page. Unless another part of it is to (`focus`), it takes the focus when the page opens, so that a keyboard goes on from there and a
 * screen reader says where one is.
 */
export function PageTitle(props: { children: string; focus?: boolean }) {
  const { host } = useLooker()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${props.children} - Heap Data Import`
    host.updateTitle(document.title)
    window.scrollTo?.({ top: 0 })
    if (props.focus !== false) heading.current?.focus({ preventScroll: true })
  }, [host, props.children, props.focus])
  return (
    <Title ref={heading} tabIndex={-1}>
      {props.children}
    </Title>
  )
}

export function Page(props: { children: React.ReactNode }) {
  return <Main>{props.children}</Main>
}
