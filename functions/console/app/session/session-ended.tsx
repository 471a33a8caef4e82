import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import { useEffect, useState } from 'react';
import { shellTexts as texts } from '../shell/texts.ts';
import { onSessionEnded, signIn } from './session.ts';

/** Shows that the session has ended. The page behind the dialog keeps its input until the person goes to the sign-in page. */
export const SessionEnded = () => {
  const [ended, setEnded] = useState(false);
  useEffect(() => onSessionEnded(() => setEnded(true)), []);
  return (
    <Modal
      visible={ended}
      header={texts.sessionEnded}
      onDismiss={() => setEnded(false)}
      footer={
        <Box float="right">
          <Button variant="primary" onClick={() => void signIn()}>
            {texts.signInAgain}
          </Button>
        </Box>
      }
    >
      {texts.sessionEndedText}
    </Modal>
  );
};
