import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import { Component, type ReactNode } from 'react';
import { shellTexts as texts } from './texts.ts';

interface Props {
  children: ReactNode;
}

/** A page that breaks takes nothing else with it. */
export class ErrorBoundary extends Component<Props, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children;
    return (
      <Alert
        type="error"
        header={texts.broken}
        action={<Button onClick={() => location.reload()}>{texts.reload}</Button>}
      >
        {texts.brokenText}
      </Alert>
    );
  }
}
