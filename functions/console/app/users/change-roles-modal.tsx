import Modal from '@cloudscape-design/components/modal';
import { useState } from 'react';
import { isOrganizationManager } from '../../../../shared/roles/role.ts';
import { callApi } from '../data/client.ts';
import { ProblemError } from '../data/problem-error.ts';
import { useRead } from '../data/use-read.ts';
import { useOrganization } from '../organization/use-organization.ts';
import { BulkModal } from '../parts/bulk-modal.tsx';
import { eachItem } from '../parts/bulk.ts';
import { listOf } from '../parts/draft-shape.ts';
import { missingIn, roleDraftShape, toAssignments, type RoleDraft } from '../parts/role-draft.ts';
import { RoleEditor } from '../parts/role-editor.tsx';
import { useDraft } from '../parts/use-draft.ts';
import { Loading, LoadError } from '../parts/states.tsx';
import { useRights } from '../rights/use-rights.ts';
import { PendingInvitesOfDemoted, safestChoice } from './pending-invites.tsx';
import { RoleEffects } from './role-effects.tsx';
import { rolesChanged } from './roles-changed.ts';
import { usersTexts as texts } from './texts.ts';
import { isShortened, type User } from './user.ts';

interface ChangeRolesModalProps {
  user: User;
  /** Called with the user if their roles were changed, or else with an empty list. */
  onClose: (changed: User[]) => void;
}

/** Changes the roles of one user. For several users, use `BulkRolesModal`. */
export const ChangeRolesModal = ({ user, onClose }: ChangeRolesModalProps) => {
  const { params } = useOrganization();
  // Lists show only some of the roles of a user who has many. Saving replaces all roles, so all of them must be read first.
  const shortened = isShortened(user);
  const call = { params: { ...params, userId: user.id } };
  const { data: whole, error, refetch } = useRead('getUser', call, { enabled: shortened });
  if (!shortened) return <ChangeRolesForm user={user} onClose={onClose} />;
  if (whole) return <ChangeRolesForm user={whole} onClose={onClose} />;
  return (
    <Modal visible header={texts.changeRolesOf(user.name)} onDismiss={() => onClose([])}>
      {error ? <LoadError error={error} retry={refetch} /> : <Loading />}
    </Modal>
  );
};

const ChangeRolesForm = ({ user, onClose }: ChangeRolesModalProps) => {
  const { params } = useOrganization();
  const draft = useDraft<RoleDraft[]>({
    name: 'change-roles',
    of: user.id,
    version: user.version,
    initial: user.roles.map(({ role, poolId }) => ({ role, poolId })),
    shape: listOf(roleDraftShape),
  });
  const drafts = draft.value;
  const missing = missingIn(drafts);
  const { me } = useRights();
  const [pendingInvites, setPendingInvites] = useState(safestChoice);
  // Organization managers who give up their own role cannot choose, because nobody would be responsible for their invitations.
  const demotes =
    user.id !== me?.id && isOrganizationManager(user.roles) && !isOrganizationManager(toAssignments(drafts));
  const call = { params: { ...params, userId: user.id } };
  const changeRoles = eachItem(({ version }: User) =>
    callApi(
      'changeRoles',
      {
        ...call,
        body: { roles: toAssignments(drafts), ...(demotes && { pendingInvites }) },
      },
      { ifMatch: `"${version}"` },
    ),
  );

  return (
    <BulkModal
      items={[{ ...user, version: draft.version ?? user.version }]}
      words={{ nameOf: ({ name }) => name, done: texts.rolesChanged }}
      header={() => texts.changeRolesOf(user.name)}
      submit={texts.changeRoles}
      request={missing.length === 0 ? changeRoles : undefined}
      changes={rolesChanged}
      reload={async () => {
        const now = await callApi('getUser', call);
        draft.rebase(now.version);
        return now;
      }}
      disabled={drafts.length === 0}
      size="large"
      draft={draft}
      onClose={(changed) => {
        if (changed.length > 0) draft.sent();
        onClose(changed);
      }}
    >
      {({ tried, failures }) => (
        <>
          <RoleEditor
            value={drafts}
            onChange={draft.set}
            errors={[...(tried ? missing : []), ...failures.flatMap(({ error }) => fieldErrorsOf(error))]}
          />
          <RoleEffects user={user} drafts={drafts} />
          {demotes && <PendingInvitesOfDemoted value={pendingInvites} onChange={setPendingInvites} />}
        </>
      )}
    </BulkModal>
  );
};

const fieldErrorsOf = (error: unknown) => (error instanceof ProblemError ? (error.problem.errors ?? []) : []);
