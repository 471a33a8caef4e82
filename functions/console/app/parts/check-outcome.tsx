import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import { useQueryClient } from '@tanstack/react-query';
import { createContext, useContext, useState } from 'react';
import { useFlash } from '../shell/flash.tsx';
import { shellTexts as texts } from '../shell/texts.ts';

/** Closes the dialog that contains the component and keeps its input. Undefined outside a dialog. */
export const CloseContext = createContext<(() => void) | undefined>(undefined);

/**
 * The button with which a person finds out whether a change took effect that Roster did not confirm. It reads everything on the
 * page again and uncovers it. What the person entered stays, for the case that the change is missing.
 */
export const CheckOutcome = () => {
  const queries = useQueryClient();
  const flash = useFlash();
  const close = useContext(CloseContext);
  const [state, setState] = useState<'idle' | 'busy' | 'failed'>('idle');
  const check = async () => {
    setState('busy');
    try {
      await queries.invalidateQueries({}, { throwOnError: true });
    } catch {
      setState('failed');
      return;
    }
    setState('idle');
    flash.show('checked', { type: 'info', content: texts.checked });
    close?.();
  };
  return (
    <>
      <Button formAction="none" loading={state === 'busy'} onClick={() => void check()}>
        {texts.check}
      </Button>
      {state === 'failed' && <Box color="text-status-error">{texts.checkFailed}</Box>}
    </>
  );
};
