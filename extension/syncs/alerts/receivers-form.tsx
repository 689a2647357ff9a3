import { Button, ButtonOutline, FieldText } from '@looker/components'
import React, { useState } from 'react'
import type { SyncAlerts } from '../../../shared/api/sync-alerts.ts'
import { ErrorMessage } from '../../components/error-message.tsx'
import { Notice } from '../../components/notice.tsx'
import { Row, Stack } from '../../components/panel.tsx'
import { Muted } from '../../components/text.tsx'
import type { useSyncAlerts } from '../../history/sync-alerts.ts'

const CHANNELS = { webhook: 'Webhook', slack: 'Slack' }

type Props = { kept: SyncAlerts } & Pick<ReturnType<typeof useSyncAlerts>, 'save' | 'test'>

/** The receivers of one sync. Secrets that are kept are not shown; left as they are, they stay. */
export function ReceiversForm({ kept, save, test }: Props) {
  const [slack, setSlack] = useState(kept.slackUrl ?? '')
  const [url, setUrl] = useState(kept.webhookUrl ?? '')
  const [secret, setSecret] = useState('')
  const webhook = url.trim() === '' ? null : { url, secret: secret.trim() || null }
  const isChanged = slack !== (kept.slackUrl ?? '') || url !== (kept.webhookUrl ?? '') || secret !== ''
  const isBusy = save.isLoading || test.isLoading
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        test.reset()
        save.mutate({ webhook, slackUrl: slack.trim() || null }, { onSuccess: () => setSecret('') })
      }}
    >
      <Stack>
        <Muted>
          A message when this sync begins to fail, is late, or is well again.
          {(kept.server.webhook || kept.server.slack) &&
            ' Whoever runs the action server is told in any case.'}
        </Muted>
        <FieldText
          label="Slack webhook URL"
          value={slack}
          onChange={(e) => setSlack(e.currentTarget.value)}
        />
        <FieldText label="Webhook URL" value={url} onChange={(e) => setUrl(e.currentTarget.value)} />
        {webhook && (
          <FieldText
            label="Webhook secret"
            type="password"
            autoComplete="off"
            description={
              kept.hasSecret && url === kept.webhookUrl
                ? 'Leave it empty to keep the present one.'
                : '24 to 64 random bytes in base64, which the receiver has as well.'
            }
            value={secret}
            onChange={(e) => setSecret(e.currentTarget.value)}
          />
        )}
        <Row>
          <Button type="submit" disabled={!isChanged || isBusy}>
            Save alerts
          </Button>
          <ButtonOutline
            type="button"
            disabled={isChanged || isBusy || (kept.webhookUrl ?? kept.slackUrl) === null}
            onClick={() => test.mutate()}
          >
            Send a test
          </ButtonOutline>
        </Row>
        {(save.error ?? test.error) !== null && <ErrorMessage error={save.error ?? test.error} />}
        {test.data?.map(({ channel, ok, text }) => (
          <Notice key={channel} intent={ok ? 'positive' : 'critical'} role="status">
            {CHANNELS[channel]}: {text}
          </Notice>
        ))}
      </Stack>
    </form>
  )
}
