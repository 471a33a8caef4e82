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
  /** It is all that the page shows. */
  page?: boolean;
}

/** Nothing here, why, and what to do: for empty lists and pages. */
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

/** Something could not be read. `retry` asks again. */
export const LoadError = ({ error, retry }: { error: unknown; retry?: () => unknown }) => (
  <Alert
    type="error"
    header={texts.loadFailed}
    action={retry && <Button onClick={() => void retry()}>{texts.tryAgain}</Button>}
  >
    {inWords(error)}
  </Alert>
);

/** The person's rights do not reach this page. `why`: from `useRights`. */
export const NoPermission = ({ why }: { why: string }) => (
  <Alert type="info" header={texts.noPermission}>
    {why}
  </Alert>
);
