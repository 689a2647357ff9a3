import React from 'react'
import { ErrorMessage } from './components/error-message.tsx'
import { Page } from './components/page.tsx'

type State = { error: unknown }

/** Shows a mistake of ours instead of a blank frame. React offers this to classes only. */
export class CrashGuard extends React.Component<{ children: React.ReactNode }, State> {
  override state: State = { error: null }

  static getDerivedStateFromError(error: unknown): State {
    return { error }
  }

  override render() {
    if (this.state.error === null) return this.props.children
    return (
      <Page>
        <ErrorMessage error={this.state.error} retry={() => this.setState({ error: null })} />
      </Page>
    )
  }
}
