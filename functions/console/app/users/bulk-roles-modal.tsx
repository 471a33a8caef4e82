import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useRef, useState } from 'react';
import { useOrganization } from '../organization/use-organization.ts';
import { BulkModal } from '../parts/bulk-modal.tsx';
import { BulkNames } from '../parts/bulk-names.tsx';
import { listOf } from '../parts/draft-shape.ts';
import { missingIn, roleDraftShape, toAssignments, type RoleDraft } from '../parts/role-draft.ts';
import { RoleEditor } from '../parts/role-editor.tsx';
import { idsOf, useDraft } from '../parts/use-draft.ts';
import { boundTexts } from './bound-texts.ts';
import { changeRolesOfUsers, type ChangedRoles, type RolesChange } from './change-roles-of-users.ts';
import { PendingInvitesOfDemoted, safestChoice } from './pending-invites.tsx';
import { rolesChanged } from './roles-changed.ts';
import { RolesForecast } from './roles-forecast.tsx';
import { usersTexts as texts } from './texts.ts';
import type { User } from './user.ts';

interface BulkRolesModalProps {
  action: RolesChange['action'];
  /** At least one user. */
  users: User[];
  /** Called with the users whose roles were changed. */
  onClose: (changed: User[]) => void;
}

/** Asks for roles, and adds them to users, removes them, or replaces all roles of the users with them. */
export const BulkRolesModal = ({ action, users, onClose }: BulkRolesModalProps) => {
  const { params } = useOrganization();
  const draft = useDraft<RoleDraft[]>({
    name: `${action}-roles`,
    of: idsOf(users),
    initial: [{}],
    shape: listOf(roleDraftShape),
  });
  const drafts = draft.value;
  const [pendingInvites, setPendingInvites] = useState(safestChoice);
  const [demotes, setDemotes] = useState(false);
  const changed = useRef<ChangedRoles[]>([]);
  const missing = missingIn(drafts);
  const isComplete = drafts.length > 0 && missing.length === 0;
  const change: RolesChange = { action, roles: toAssignments(drafts), ...(demotes && { pendingInvites }) };

  return (
    <BulkModal
      items={users}
      words={{
        nameOf: ({ name }) => name,
        done: (done) => [texts.rolesChanged(done), ...boundTexts(changed.current)].join(' '),
      }}
      header={texts.bulkRoles[action].header}
      submit={texts.bulkRoles[action].submit}
      request={
        isComplete ? changeRolesOfUsers(params, change, (results) => changed.current.push(...results)) : undefined
      }
      changes={rolesChanged}
      disabled={drafts.length === 0}
      size="large"
      draft={draft}
      onClose={(done) => {
        if (done.length > 0) draft.sent();
        onClose(done);
      }}
    >
      {({ tried, left, failures }) => (
        <SpaceBetween size="m">
          <BulkNames names={left.map(({ name }) => name)} />
          <Box>{texts.bulkRoles[action].text}</Box>
          <RoleEditor value={drafts} onChange={draft.set} errors={tried ? missing : []} />
          {isComplete && failures.length === 0 && (
            <RolesForecast users={left} action={action} roles={change.roles} onDemotes={setDemotes} />
          )}
          {demotes && <PendingInvitesOfDemoted value={pendingInvites} onChange={setPendingInvites} />}
        </SpaceBetween>
      )}
    </BulkModal>
  );
};
