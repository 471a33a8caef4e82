import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import { useEffect, useState } from 'react';
import { shellTexts as texts } from '../shell/texts.ts';
import { onSessionEnded, signIn, signInAnew, type SessionEnd } from './session.ts';

/** Shows that the session has ended. The page behind the dialog keeps its input until the person goes to the sign-in page. */
export const SessionEnded = () => {
  const [ended, setEnded] = useState<SessionEnd>();
  useEffect(() => onSessionEnded(setEnded), []);
  const isTooOld = ended === 'too old';
  return (
    <Modal
      visible={ended !== undefined}
      header={isTooOld ? texts.signInTooOld : texts.sessionEnded}
      onDismiss={() => setEnded(undefined)}
      footer={
        <Box float="right">
          <Button variant="primary" onClick={() => void (isTooOld ? signInAnew() : signIn())}>
            {texts.signInAgain}
          </Button>
        </Box>
      }
    >
      {isTooOld ? texts.signInTooOldText : texts.sessionEndedText}
    </Modal>
  );
};
