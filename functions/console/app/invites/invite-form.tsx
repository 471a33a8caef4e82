import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Form from '@cloudscape-design/components/form';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import type { Dispatch, SetStateAction } from 'react';
import { inviteMessageLettersMax } from '../../../../shared/limits.ts';
import { useRead } from '../data/use-read.ts';
import { useOrganization } from '../organization/use-organization.ts';
import { CheckedForm } from '../parts/checked-form.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { placeProblem } from '../parts/problem.ts';
import { RoleEditor } from '../parts/role-editor.tsx';
import { AddressField } from './address-field.tsx';
import { Forecast } from './forecast.tsx';
import { FileChoice } from './file-choice.tsx';
import { FileTable } from './file-table.tsx';
import { fileTexts } from './file-texts.ts';
import { hasCommonRoles, type InviteBody, type InviteDraft, type InviteResult } from './invite-draft.ts';
import { inviteTexts as texts } from './texts.ts';
import { useInviteForm } from './use-invite-form.ts';

interface InviteFormProps {
  draft: InviteDraft;
  onChange: Dispatch<SetStateAction<InviteDraft>>;
  onSent: (body: InviteBody, results: InviteResult[]) => void;
}

const pointers = ['/emails', '/invitees', '/roles', '/message', '/expiresInDays'];

export const InviteForm = ({ draft, onChange, onSent }: InviteFormProps) => {
  const { params } = useOrganization();
  const { data: organization } = useRead('getOrganization', { params });
  const preset = organization?.inviteExpiryDays;
  const form = useInviteForm({ draft, onChange, onSent });
  const { errors, forecast } = form;
  const change = (changed: Partial<InviteDraft>) => onChange((now) => ({ ...now, ...changed }));
  const errorAt = (at: string) => errors.find(({ pointer }) => pointer === at)?.detail;

  return (
    <SpaceBetween size="l">
      <CheckedForm busy={form.reviewing} onSubmit={form.review}>
        <Form
          actions={
            <Button formAction="submit" variant={forecast ? 'normal' : 'primary'} loading={form.reviewing}>
              {texts.review}
            </Button>
          }
          secondaryActions={texts.reviewHint}
        >
          <SpaceBetween size="l">
            <ProblemAlert error={form.error} placed={placeProblem(form.error, pointers)} />
            <Container header={<Header variant="h2">{texts.who}</Header>}>
              {draft.file ? (
                <FormField stretch errorText={errorAt('/invitees')}>
                  <FileTable file={draft.file} errors={errors} onChange={(file) => change({ file })} />
                </FormField>
              ) : (
                <SpaceBetween size="m">
                  <AddressField draft={draft} onChange={onChange} errors={errors} />
                  <FileChoice onChoose={(file) => change({ file })} />
                </SpaceBetween>
              )}
            </Container>
            {hasCommonRoles(draft) && (
              <Container
                header={<Header variant="h2">{draft.file ? fileTexts.rolesOfOthers : texts.rolesLabel}</Header>}
              >
                <FormField stretch errorText={errorAt('/roles')}>
                  <RoleEditor value={draft.roles} onChange={(roles) => change({ roles })} errors={errors} />
                </FormField>
              </Container>
            )}
            <Container header={<Header variant="h2">{texts.details}</Header>}>
              <SpaceBetween size="m">
                <FormField
                  label={texts.message}
                  description={texts.messageHint}
                  errorText={errorAt('/message')}
                  constraintText={texts.charactersLeft(Math.max(0, inviteMessageLettersMax - draft.message.length))}
                  stretch
                >
                  <Textarea value={draft.message} onChange={({ detail }) => change({ message: detail.value })} />
                </FormField>
                <FormField
                  label={texts.days}
                  errorText={errorAt('/expiresInDays')}
                  constraintText={preset === undefined ? texts.daysRange : texts.daysPreset(preset)}
                >
                  <Input
                    type="number"
                    inputMode="numeric"
                    value={draft.days}
                    placeholder={preset === undefined ? '' : String(preset)}
                    onChange={({ detail }) => change({ days: detail.value })}
                  />
                </FormField>
              </SpaceBetween>
            </Container>
          </SpaceBetween>
        </Form>
      </CheckedForm>
      {forecast && (
        <Forecast
          results={forecast}
          roles={hasCommonRoles(draft) ? draft.roles : []}
          fromFile={draft.file !== undefined}
          days={draft.days === '' ? preset : Number(draft.days)}
          sending={form.sending}
          again={form.error !== null}
          onSend={() => void form.send()}
        />
      )}
    </SpaceBetween>
  );
};
