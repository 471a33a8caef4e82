import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import { formatMoment } from './format.ts';
import { partTexts as texts } from './texts.ts';
import type { Draft } from './use-draft.ts';

/** Says that a form contains what was entered earlier. Shows nothing when it does not. */
export const RestoredNotice = ({ draft: { restoredAt, discard } }: { draft: Pick<Draft, 'restoredAt' | 'discard'> }) =>
  restoredAt !== undefined && (
    <Alert
      type="info"
      action={
        <Button formAction="none" onClick={discard}>
          {texts.discard}
        </Button>
      }
    >
      {texts.restored(formatMoment(new Date(restoredAt).toISOString()))}
    </Alert>
  );
