import { Spinner } from '@looker/components'
import React, { useEffect, useState } from 'react'
import styled from 'styled-components'
import { Muted } from './text.tsx'

const Box = styled.div`
  align-items: center;
  color: ${({ theme }) => theme.colors.text};
  display: flex;
  font-size: ${({ theme }) => theme.fontSizes.small};
  gap: 12px;
  padding: 24px 0;
`

/** Seconds until waiting is called slow, and explained. */
const SLOW = 5

/** Says what is waited for, and for how long when it takes long. */
export function Loading(props: { children: string; slow?: string }) {
  const [seconds, setSeconds] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => setSeconds((count) => count + 1), 1000)
    return () => clearInterval(timer)
  }, [])
  return (
    <Box>
      <Spinner size={24} aria-hidden="true" />
      <div>
        <div role="status">{props.children}</div>
        {seconds >= SLOW && (
          <Muted>
            {seconds} s. {props.slow}
          </Muted>
        )}
      </div>
    </Box>
  )
}
