import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Form from '@cloudscape-design/components/form';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import Toggle from '@cloudscape-design/components/toggle';
import { useState } from 'react';
import type { ValueOf } from '../data/client.ts';
import { CheckedForm } from '../parts/checked-form.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { placeProblem } from '../parts/problem.ts';
import { RestoredNotice } from '../parts/restored-notice.tsx';
import { useDraft } from '../parts/use-draft.ts';
import { useRights } from '../rights/use-rights.ts';
import { shellTexts } from '../shell/texts.ts';
import { bodyOf, consequencesOf, draftOf, isHours, securityShape, type SecurityDraft } from './security-draft.ts';
import { securityTexts as texts } from './security-texts.ts';
import { useSaveOrganization } from './use-save-organization.ts';

export const SecurityForm = ({ organization }: { organization: ValueOf<'getOrganization'> }) => {
  const { ready, whyNot } = useRights();
  const initial = draftOf(organization);
  const draft = useDraft<SecurityDraft>({
    name: 'security',
    version: organization.version,
    initial,
    shape: securityShape,
  });
  const { domains, hours, hideAddresses, requireMfa } = draft.value;
  const edit = (changed: Partial<SecurityDraft>) => draft.set({ ...draft.value, ...changed });
  const [tried, setTried] = useState(false);
  const { save, reload, error, busy } = useSaveOrganization(draft);
  const refused = whyNot('change_settings');
  const mayChange = refused === undefined;
  const problem = placeProblem(error, ['/allowedDomains', '/signInHoursMax', '/hideAddresses', '/requireMfa']);
  const consequences = consequencesOf(initial, draft.value);

  const submit = async () => {
    setTried(true);
    if (isHours(hours)) await save(bodyOf(draft.value));
  };

  return (
    <CheckedForm busy={busy} disabled={!mayChange} onSubmit={submit}>
      <Form
        actions={
          <Button variant="primary" formAction="submit" loading={busy} disabled={!mayChange}>
            {shellTexts.save}
          </Button>
        }
      >
        <Container
          header={
            <Header variant="h2" description={texts.securityText}>
              {texts.security}
            </Header>
          }
        >
          <SpaceBetween size="m">
            {ready && !mayChange && <Alert>{refused}</Alert>}
            <RestoredNotice draft={draft} />
            <ProblemAlert error={error} placed={problem} reload={reload} />
            <FormField label={texts.domains} description={texts.domainsText} errorText={problem.at('/allowedDomains')}>
              <Textarea
                value={domains}
                rows={3}
                placeholder={texts.domainsHint}
                spellcheck={false}
                readOnly={!mayChange}
                onChange={({ detail }) => edit({ domains: detail.value })}
              />
            </FormField>
            <FormField
              label={texts.hours}
              description={texts.hoursText}
              errorText={tried && !isHours(hours) ? texts.wholeHours : problem.at('/signInHoursMax')}
            >
              <Input
                inputMode="numeric"
                value={hours}
                readOnly={!mayChange}
                onChange={({ detail }) => edit({ hours: detail.value })}
              />
            </FormField>
            <FormField errorText={problem.at('/hideAddresses')}>
              <Toggle
                checked={hideAddresses}
                disabled={!mayChange}
                description={texts.hideText}
                onChange={({ detail }) => edit({ hideAddresses: detail.checked })}
              >
                {texts.hide}
              </Toggle>
            </FormField>
            <FormField errorText={problem.at('/requireMfa')}>
              <Toggle
                checked={requireMfa}
                disabled={!mayChange}
                description={texts.requireMfaText}
                onChange={({ detail }) => edit({ requireMfa: detail.checked })}
              >
                {texts.requireMfa}
              </Toggle>
            </FormField>
            {mayChange && consequences.length > 0 && (
              <Alert type="warning" header={texts.consequences}>
                <SpaceBetween size="xs">
                  {consequences.map((sentence) => (
                    <div key={sentence}>{sentence}</div>
                  ))}
                </SpaceBetween>
              </Alert>
            )}
          </SpaceBetween>
        </Container>
      </Form>
    </CheckedForm>
  );
};
