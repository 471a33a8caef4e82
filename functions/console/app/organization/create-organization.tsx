import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Form from '@cloudscape-design/components/form';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useLocation } from 'wouter';
import { useChange } from '../data/use-change.ts';
import { currencies, defaultCurrency } from '../../../../shared/currencies.ts';
import { CurrencySelect, type Currency } from '../parts/currency-select.tsx';
import { CheckedForm } from '../parts/checked-form.tsx';
import { objectOf, oneOf, textShape } from '../parts/draft-shape.ts';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { placeProblem } from '../parts/problem.ts';
import { RestoredNotice } from '../parts/restored-notice.tsx';
import { useDraft } from '../parts/use-draft.ts';
import { shellTexts as texts } from '../shell/texts.ts';

interface NewOrganization {
  name: string;
  currency: Currency;
}

const shape = objectOf<NewOrganization>({ name: textShape, currency: oneOf(currencies) });

interface CreateOrganizationProps {
  title: string;
  description: string;
}

/** The form that creates an organization. */
export const CreateOrganization = ({ title, description }: CreateOrganizationProps) => {
  const draft = useDraft<NewOrganization>({
    name: 'create-organization',
    initial: { name: '', currency: defaultCurrency },
    shape,
  });
  const { name, currency } = draft.value;
  const [, navigate] = useLocation();
  const create = useChange('createOrganization', { changes: ['listOrganizations'] });
  const problem = placeProblem(create.error, ['/name', '/currency']);

  const submit = async () => {
    const { id } = await create.mutateAsync({ call: { body: { name, currency } } });
    draft.sent();
    navigate(`/console/${id}/users`);
  };

  return (
    <CheckedForm busy={create.isPending} onSubmit={() => submit().catch(() => undefined)}>
      <Form
        actions={
          <Button variant="primary" loading={create.isPending} formAction="submit">
            {texts.createOrganization}
          </Button>
        }
      >
        <Container
          header={
            <Header variant="h1" description={description}>
              {title}
            </Header>
          }
        >
          <SpaceBetween size="l">
            <RestoredNotice draft={draft} />
            <ProblemAlert error={create.error} placed={problem} />
            <FormField label={texts.organizationName} errorText={problem.at('/name')}>
              <Input value={name} onChange={({ detail }) => draft.set({ name: detail.value, currency })} />
            </FormField>
            <FormField label={texts.currency} description={texts.currencyText} errorText={problem.at('/currency')}>
              <CurrencySelect value={currency} onChange={(chosen) => draft.set({ name, currency: chosen })} />
            </FormField>
          </SpaceBetween>
        </Container>
      </Form>
    </CheckedForm>
  );
};
