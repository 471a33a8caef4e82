import Box from '@cloudscape-design/components/box';
import Modal from '@cloudscape-design/components/modal';
import { useState } from 'react';
import { isOrganizationManager } from '../../../../shared/roles/role.ts';
import { callApi } from '../data/client.ts';
import { ProblemError } from '../data/problem-error.ts';
import { useRead } from '../data/use-read.ts';
import { useOrganization } from '../organization/use-organization.ts';
import { BulkModal } from '../parts/bulk-modal.tsx';
import { eachItem } from '../parts/bulk.ts';
import { missingIn, toAssignments, type RoleDraft } from '../parts/role-draft.ts';
import { RoleEditor } from '../parts/role-editor.tsx';
import { Loading, LoadError } from '../parts/states.tsx';
import { useRights } from '../rights/use-rights.ts';
import { PendingInvites, safestChoice } from './pending-invites.tsx';
import { removalTexts } from './removal-texts.ts';
import { usersTexts as texts } from './texts.ts';
import { isShortened, type User } from './user.ts';

const changes = ['listUsers', 'getUser', 'getMyUser', 'listPoolUsers', 'listOrganizations'] as const;

interface ChangeRolesModalProps {
  /** At least one user. The chosen roles replace all roles of each user. */
  users: [User, ...User[]];
  /** Called with the users whose roles were changed. */
  onClose: (changed: User[]) => void;
}

export const ChangeRolesModal = ({ users, onClose }: ChangeRolesModalProps) => {
  const { params } = useOrganization();
  const [first, ...others] = users;
  // A list shows only some of the roles of a user who has many, and all of them are replaced.
  const shortened = others.length === 0 && isShortened(first);
  const call = { params: { ...params, userId: first.id } };
  const { data: whole, error, refetch } = useRead('getUser', call, { enabled: shortened });
  if (!shortened) return <ChangeRolesForm users={users} onClose={onClose} />;
  if (whole) return <ChangeRolesForm users={[whole]} onClose={onClose} />;
  return (
    <Modal visible header={texts.changeRolesOf(users)} onDismiss={() => onClose([])}>
      {error ? <LoadError error={error} retry={refetch} /> : <Loading />}
    </Modal>
  );
};

const ChangeRolesForm = ({ users, onClose }: ChangeRolesModalProps) => {
  const { params } = useOrganization();
  const [first] = users;
  const one = users.length === 1;
  const [drafts, setDrafts] = useState<RoleDraft[]>(
    one ? first.roles.map(({ role, poolId }) => ({ role, poolId })) : [{}],
  );
  const missing = missingIn(drafts);
  const { me } = useRights();
  const [pendingInvites, setPendingInvites] = useState(safestChoice);
  // Managers who give up their own role cannot choose, because nobody would be responsible for the invites.
  const demotes =
    !isOrganizationManager(toAssignments(drafts)) &&
    users.some(({ id, roles }) => id !== me?.id && isOrganizationManager(roles));
  const callFor = ({ id }: User) => ({ params: { ...params, userId: id } });
  const changeRoles = eachItem((user: User) =>
    callApi(
      'changeRoles',
      {
        ...callFor(user),
        body: { roles: toAssignments(drafts), ...(demotes && user.id !== me?.id && { pendingInvites }) },
      },
      { ifMatch: `"${user.version}"` },
    ),
  );

  return (
    <BulkModal
      items={users}
      words={{ nameOf: ({ name }) => name, done: texts.rolesChanged }}
      header={texts.changeRolesOf}
      submit={texts.changeRoles}
      request={missing.length === 0 ? changeRoles : undefined}
      changes={changes}
      reload={(user) => callApi('getUser', callFor(user))}
      disabled={drafts.length === 0}
      size="large"
      onClose={onClose}
    >
      {({ tried, failures }) => (
        <>
          {!one && <Box>{texts.replacesAll}</Box>}
          <RoleEditor
            value={drafts}
            onChange={setDrafts}
            errors={[...(tried ? missing : []), ...failures.flatMap(({ error }) => fieldErrorsOf(error))]}
          />
          {demotes && (
            <PendingInvites
              label={removalTexts.pendingInvites}
              description={removalTexts.invitesOfDemoted}
              self={false}
              value={pendingInvites}
              onChange={setPendingInvites}
            />
          )}
        </>
      )}
    </BulkModal>
  );
};

const fieldErrorsOf = (error: unknown) => (error instanceof ProblemError ? (error.problem.errors ?? []) : []);
