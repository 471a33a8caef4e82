import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useRead } from '../data/use-read.ts';
import { SecondFactor } from '../me/second-factor.tsx';
import { secondFactorTexts as texts } from '../me/second-factor-texts.ts';

/** The page of an organization that requires a second factor, for a person who has none. It leads to one. */
export const SecondFactorRequired = ({ organization, onDone }: { organization: string; onDone: () => unknown }) => {
  const { data: person } = useRead('getMe', {});
  return (
    <SpaceBetween size="l">
      <Header variant="h1" description={texts.requiredText}>
        {texts.required(organization)}
      </Header>
      <SecondFactor email={person?.email ?? ''} onDone={onDone} />
    </SpaceBetween>
  );
};
