import Alert from '@cloudscape-design/components/alert';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Link from '@cloudscape-design/components/link';
import { useState } from 'react';
import { listOf, objectOf, textShape } from '../parts/draft-shape.ts';
import { FormModal } from '../parts/form-modal.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { placeProblem } from '../parts/problem.ts';
import { missingIn, roleDraftShape, type RoleDraft } from '../parts/role-draft.ts';
import { RoleEditor } from '../parts/role-editor.tsx';
import { useDraft } from '../parts/use-draft.ts';
import { AccessTable } from '../rights/access-table.tsx';
import type { ServiceAccount } from './service-account.ts';
import { serviceAccountsTexts as texts } from './texts.ts';
import { useSaveServiceAccount, type ServiceAccountDraft } from './use-save-service-account.ts';

const shape = objectOf<ServiceAccountDraft>({ name: textShape, clientId: textShape, roles: listOf(roleDraftShape) });

interface ServiceAccountModalProps {
  /** Undefined: the dialog creates one. */
  account: ServiceAccount | undefined;
  onClose: () => void;
}

/** Creates a service account or changes its roles. In both cases, it shows what the roles allow. */
export const ServiceAccountModal = ({ account, onClose }: ServiceAccountModalProps) => {
  const roles: RoleDraft[] = account?.roles.map(({ role, poolId }) => ({ role, poolId })) ?? [{}];
  const input = useDraft<ServiceAccountDraft>({
    name: 'service-account',
    of: account?.id,
    ...(account && { version: account.version }),
    initial: { name: '', clientId: '', roles },
    shape,
  });
  const draft = input.value;
  const [tried, setTried] = useState(false);
  const { save, reload, error, busy } = useSaveServiceAccount(account, input);
  const change = (changes: Partial<ServiceAccountDraft>) => input.set({ ...draft, ...changes });
  const problem = placeProblem(error, ['/name', '/clientId', '/roles']);
  const missing = missingIn(draft.roles);
  const empty = !account && { name: draft.name.trim() === '', clientId: draft.clientId.trim() === '' };

  const submit = async () => {
    setTried(true);
    if (missing.length > 0 || draft.roles.length === 0 || (empty && (empty.name || empty.clientId))) return;
    if (await save(draft)) onClose();
  };

  return (
    <FormModal
      header={account ? texts.changeOf(account.name) : texts.list.create}
      submit={account ? texts.change : texts.list.create}
      busy={busy}
      size="large"
      draft={input}
      onSubmit={submit}
      onClose={onClose}
    >
      <ProblemAlert error={error} placed={problem} reload={reload} />
      {empty && (
        <>
          <Alert header={texts.tokenTitle}>
            {texts.tokenText}{' '}
            <Link href="/docs" external>
              {texts.tokenLink}
            </Link>
          </Alert>
          <FormField
            label={texts.columns.name}
            constraintText={texts.nameHelp}
            errorText={tried && empty.name ? texts.nameFirst : problem.at('/name')}
          >
            <Input value={draft.name} onChange={({ detail }) => change({ name: detail.value })} />
          </FormField>
          <FormField
            label={texts.columns.clientId}
            constraintText={texts.clientHelp}
            errorText={tried && empty.clientId ? texts.clientFirst : problem.at('/clientId')}
          >
            <Input
              value={draft.clientId}
              spellcheck={false}
              autoComplete={false}
              onChange={({ detail }) => change({ clientId: detail.value })}
            />
          </FormField>
        </>
      )}
      <RoleEditor value={draft.roles} onChange={(chosen) => change({ roles: chosen })} errors={tried ? missing : []} />
      {missing.length === 0 && <AccessTable name={account?.name ?? draft.name} roles={draft.roles} />}
    </FormModal>
  );
};
