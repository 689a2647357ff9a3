import { Button, ButtonOutline, Heading } from '@looker/components'
import React, { useEffect, useState } from 'react'
import { Notice } from '../components/notice.tsx'
import { Page } from '../components/page.tsx'
import { Panel, Row, Stack } from '../components/panel.tsx'
import { Lead } from '../components/text.tsx'
import { adminText } from './admin-text.ts'
import type { SetUpCheck } from './checks.ts'
import { checksOf } from './checks.ts'
import { findAddress, isAddress } from './find-address.ts'
import { SetUpCheckRow } from './set-up-check.tsx'
import { SetUpForm } from './set-up-form.tsx'
import type { SetUpLooker } from './set-up-looker.ts'
import type { Typed } from './use-set-up.ts'
import { useSetUp } from './use-set-up.ts'

/** For admins: how the set-up stands, with a button for each thing that Looker's API can mend, and one for all. */
export function SetUpPage({ looker }: { looker: SetUpLooker }) {
  const [typed, setTyped] = useState<Typed>({ serverUrl: '', token: '', secret: '' })
  const [isCopied, setCopied] = useState(false)
  const { read, progress, check, mend, setUp } = useSetUp(looker)
  const serverUrl = typed.serverUrl.trim().replace(/\/+$/, '')
  const given = { ...typed, serverUrl }
  const isReady = isAddress(serverUrl) && progress.kind !== 'busy'

  // Once: what the admin types afterwards is not overwritten.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    findAddress(looker)
      .then((found) => {
        setTyped((before) => ({ ...before, serverUrl: before.serverUrl || found }))
        return found === '' ? undefined : check(found)
      })
      .catch(() => undefined)
  }, [])

  const checks = read ? checksOf(read) : []
  const open = checks.filter(({ state }) => state === 'problem')

  async function copy() {
    await looker.host.clipboardWrite(adminText(serverUrl, read?.state.project ?? '', checks))
    setCopied(true)
  }

  /** What was written is not kept on the page. */
  async function setAllUp() {
    if (await setUp(given)) setTyped({ ...given, token: '', secret: '' })
  }

  function canMend({ needs }: SetUpCheck): boolean {
    return isReady && (needs === null || typed[needs].trim() !== '')
  }

  /** A secret that is fine need not be filled in. */
  function isMissing({ needs, state }: SetUpCheck): boolean {
    return needs !== null && state === 'problem' && typed[needs].trim() === ''
  }

  return (
    <Page>
      <Heading as="h1">Set up Heap Data Import</Heading>
      <Lead>For admins. What Looker's API can set up is done here, the rest is said.</Lead>
      <Stack gap={24}>
        <Panel>
          <Stack gap={16}>
            <SetUpForm typed={typed} onChange={setTyped} />
            <Row>
              <Button disabled={!isReady} onClick={setAllUp}>
                Set everything up
              </Button>
              <ButtonOutline disabled={!isReady} onClick={() => check(serverUrl)}>
                Check again
              </ButtonOutline>
              <ButtonOutline disabled={read === null} onClick={copy}>
                {isCopied ? 'Copied' : 'Copy all that an admin needs'}
              </ButtonOutline>
            </Row>
          </Stack>
        </Panel>
        <div role="status">
          {progress.kind === 'busy' && <Notice intent="inform">Working</Notice>}
          {progress.kind === 'failed' && <Notice intent="critical">{progress.text}</Notice>}
          {progress.kind === 'idle' && read && (
            <Notice intent={open.length === 0 ? 'positive' : 'warn'}>{sumUp(open)}</Notice>
          )}
        </div>
        {read && (
          <div>
            {checks.map((one) => (
              <SetUpCheckRow
                key={one.id}
                check={one}
                canMend={canMend(one)}
                isMissing={isMissing(one)}
                onMend={() => one.step && mend(one.step, given)}
              />
            ))}
          </div>
        )}
      </Stack>
    </Page>
  )
}

function sumUp(open: readonly SetUpCheck[]): string {
  if (open.length === 0) return 'Everything is set up. Nothing is left for a person.'
  const byHand = open.filter(({ step }) => step === null).length
  const elsewhere = byHand === 0 ? 'all of them by Set everything up' : `${byHand} of them elsewhere`
  return `${open.length} to do, ${elsewhere}.`
}
