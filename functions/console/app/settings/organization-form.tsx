import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import Form from '@cloudscape-design/components/form';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { currencies } from '../../../../shared/currencies.ts';
import type { ValueOf } from '../data/client.ts';
import { CurrencySelect, type Currency } from '../parts/currency-select.tsx';
import { CheckedForm } from '../parts/checked-form.tsx';
import { objectOf, oneOf, textShape } from '../parts/draft-shape.ts';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { placeProblem } from '../parts/problem.ts';
import { RestoredNotice } from '../parts/restored-notice.tsx';
import { useDraft } from '../parts/use-draft.ts';
import { useRights } from '../rights/use-rights.ts';
import { shellTexts } from '../shell/texts.ts';
import { settingsTexts as texts } from './texts.ts';
import { useSaveOrganization } from './use-save-organization.ts';

interface OrganizationDraft {
  name: string;
  days: string;
  currency: Currency;
}

const shape = objectOf<OrganizationDraft>({ name: textShape, days: textShape, currency: oneOf(currencies) });

export const OrganizationForm = ({ organization }: { organization: ValueOf<'getOrganization'> }) => {
  const { ready, whyNot } = useRights();
  const draft = useDraft<OrganizationDraft>({
    name: 'organization',
    version: organization.version,
    initial: {
      name: organization.name,
      days: String(organization.inviteExpiryDays),
      currency: organization.currency as Currency,
    },
    shape,
  });
  const { name, days, currency } = draft.value;
  const edit = (changed: Partial<OrganizationDraft>) => draft.set({ ...draft.value, ...changed });
  const [tried, setTried] = useState(false);
  const { save, reload, error, busy } = useSaveOrganization(draft);
  const refused = whyNot('change_settings');
  const mayChange = refused === undefined;
  const problem = placeProblem(error, ['/name', '/inviteExpiryDays', '/currency']);
  const noNumber = tried && days === '' ? texts.wholeDays : undefined;

  const submit = async () => {
    setTried(true);
    if (days !== '') await save({ name, inviteExpiryDays: Number(days), currency });
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
            <Header variant="h2" description={texts.organizationText}>
              {texts.organization}
            </Header>
          }
        >
          <SpaceBetween size="m">
            {ready && !mayChange && <Alert>{refused}</Alert>}
            <RestoredNotice draft={draft} />
            <ProblemAlert error={error} placed={problem} reload={reload} />
            <FormField label={texts.name} description={texts.nameText} errorText={problem.at('/name')}>
              <Input value={name} readOnly={!mayChange} onChange={({ detail }) => edit({ name: detail.value })} />
            </FormField>
            <FormField
              label={texts.expiry}
              description={texts.expiryText}
              errorText={noNumber ?? problem.at('/inviteExpiryDays')}
            >
              <Input
                type="number"
                value={days}
                readOnly={!mayChange}
                onChange={({ detail }) => edit({ days: detail.value })}
              />
            </FormField>
            <FormField
              label={texts.currency}
              description={organization.currencyFixed ? texts.currencyFixed : texts.currencyText}
              errorText={problem.at('/currency')}
            >
              <CurrencySelect
                value={currency}
                disabled={!mayChange || organization.currencyFixed}
                onChange={(chosen) => edit({ currency: chosen })}
              />
            </FormField>
            <FormField label={texts.id}>
              <CopyToClipboard
                variant="inline"
                textToCopy={organization.id}
                copyButtonAriaLabel={texts.copy}
                copySuccessText={texts.copied}
                copyErrorText={texts.notCopied}
              />
            </FormField>
          </SpaceBetween>
        </Container>
      </Form>
    </CheckedForm>
  );
};
