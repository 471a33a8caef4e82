import Button from '@cloudscape-design/components/button';
import { Component, type ReactNode } from 'react';
import { Empty } from '../parts/states.tsx';
import { shellTexts as texts } from './texts.ts';

interface Props {
  /** Which page it stands around: another one has its own chance. */
  page: string;
  children: ReactNode;
}

interface State {
  page: string;
  broken: boolean;
}

/** A page that breaks takes nothing else with it. */
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
