import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { beginSecondFactor, hasSecondFactor } from '../session/second-factor.ts';
import { SecondFactorSteps } from './second-factor-steps.tsx';
import { secondFactorTexts as texts } from './second-factor-texts.ts';

interface SecondFactorProps {
  /** The person's address, by which the app names the key. */
  email: string;
  onDone?: () => unknown;
}

/** Shows whether the account has an authenticator app, and sets one up. */
export const SecondFactor = ({ email, onDone }: SecondFactorProps) => {
  const [isOn, setOn] = useState(hasSecondFactor);
  const [secret, setSecret] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);

  const begin = async () => {
    setBusy(true);
    setFailed(false);
    try {
      setSecret(await beginSecondFactor());
    } catch {
      setFailed(true);
    } finally {
      setBusy(false);
    }
  };

  const done = () => {
    setSecret(undefined);
    setOn(true);
    onDone?.();
  };

  return (
    <Container header={<Header variant="h2">{texts.title}</Header>}>
      <SpaceBetween size="m">
        <div role="status">{isOn ? texts.isOn : texts.isOff}</div>
        {failed && <Box color="text-status-error">{texts.failed}</Box>}
        {!isOn && secret === undefined && (
          <Button loading={busy} onClick={() => void begin()}>
            {texts.begin}
          </Button>
        )}
        {secret !== undefined && <SecondFactorSteps email={email} secret={secret} onDone={done} />}
      </SpaceBetween>
    </Container>
  );
};
