import Button from '@cloudscape-design/components/button';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { CheckedForm } from '../parts/checked-form.tsx';
import { confirmSecondFactor } from '../session/second-factor.ts';
import { shellTexts } from '../shell/texts.ts';
import { secondFactorTexts as texts } from './second-factor-texts.ts';

interface SecondFactorStepsProps {
  email: string;
  secret: string;
  onDone: () => void;
}

/** The key for the authenticator app, and the code that proves that the app has it. */
export const SecondFactorSteps = ({ email, secret, onDone }: SecondFactorStepsProps) => {
  const [code, setCode] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();

  const submit = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      if ((await confirmSecondFactor(code.trim())) === 'confirmed') return onDone();
      setProblem(texts.wrongCode);
    } catch {
      setProblem(texts.failed);
    } finally {
      setBusy(false);
    }
  };

  return (
    <CheckedForm busy={busy} onSubmit={submit}>
      <SpaceBetween size="m">
        <div>{texts.steps}</div>
        <FormField label={texts.key}>
          <CopyToClipboard
            variant="inline"
            textToCopy={secret}
            copyButtonAriaLabel={texts.copy}
            copySuccessText={texts.copied}
            copyErrorText={texts.notCopied}
          />
        </FormField>
        <Link href={linkOf(email, secret)}>{texts.open}</Link>
        <FormField label={texts.code} description={texts.codeText} errorText={problem}>
          <Input
            value={code}
            inputMode="numeric"
            autoComplete={false}
            onChange={({ detail }) => setCode(detail.value)}
          />
        </FormField>
        <Button variant="primary" formAction="submit" loading={busy}>
          {texts.confirm}
        </Button>
      </SpaceBetween>
    </CheckedForm>
  );
};

/** The form that authenticator apps read. Source: https://github.com/google/google-authenticator/wiki/Key-Uri-Format */
const linkOf = (email: string, secret: string): string => {
  const { product } = shellTexts;
  const label = `${encodeURIComponent(product)}:${encodeURIComponent(email)}`;
  return `otpauth://totp/${label}?${new URLSearchParams({ secret, issuer: product }).toString()}`;
};
