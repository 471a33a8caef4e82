import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import { formatMoment } from './format.ts';
import { partTexts as texts } from './texts.ts';
import type { Draft } from './use-draft.ts';

/** Tells the person that the form contains a restored draft. Renders nothing if it does not. */
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
