import Button from '@cloudscape-design/components/button';
import { Component, type ReactNode } from 'react';
import { Empty } from '../parts/states.tsx';
import { shellTexts as texts } from './texts.ts';

interface Props {
  /** The address of the page inside. Another page is rendered even if this one has failed. */
  page: string;
  children: ReactNode;
}

interface State {
  page: string;
  broken: boolean;
}

/** Replaces a page that throws with an error message. The navigation around it stays usable. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { page: this.props.page, broken: false };

  static getDerivedStateFromError(): Partial<State> {
    return { broken: true };
  }

  static getDerivedStateFromProps({ page }: Props, state: State): State | null {
    return page === state.page ? null : { page, broken: false };
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children;
    return (
      <Empty
        page
        title={texts.broken}
        text={texts.brokenText}
        action={<Button onClick={() => location.reload()}>{texts.reload}</Button>}
      />
    );
  }
}
