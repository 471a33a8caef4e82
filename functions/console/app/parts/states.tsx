import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Spinner from '@cloudscape-design/components/spinner';
import type { ReactNode } from 'react';
import { shellTexts as texts } from '../shell/texts.ts';
import { inWords } from './problem.ts';

interface EmptyProps {
  title: string;
  text?: string;
  action?: ReactNode;
  /** Whether it is the whole content of the page. */
  page?: boolean;
}

/** Explains why a list or a page is empty, and what to do next. */
export const Empty = ({ title, text, action, page = false }: EmptyProps) => (
  <Box textAlign="center" padding={{ vertical: 'l' }}>
    <SpaceBetween size="xs">
      <Box variant={page ? 'h1' : 'strong'}>{title}</Box>
      {text !== undefined && <Box color="text-body-secondary">{text}</Box>}
      {action}
    </SpaceBetween>
  </Box>
);

export const Loading = () => (
  <Box textAlign="center" padding="xxl">
    <span role="status">
      <Spinner /> {texts.loading}
    </span>
  </Box>
);

/** Shows that a read failed. `retry` repeats it. */
export const LoadError = ({ error, retry }: { error: unknown; retry?: () => unknown }) => (
  <Alert
    type="error"
    header={texts.loadFailed}
    action={retry && <Button onClick={() => void retry()}>{texts.tryAgain}</Button>}
  >
    {inWords(error)}
  </Alert>
);

/** Shows that the person may not open this page. `why`: the reason from `useRights`. */
export const NoPermission = ({ why }: { why: string }) => (
  <Alert type="info" header={texts.noPermission}>
    {why}
  </Alert>
);
