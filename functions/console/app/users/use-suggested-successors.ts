import { useRead } from '../data/use-read.ts';
import { useOrganization } from '../organization/use-organization.ts';
import { usePools } from '../organization/use-pools.ts';
import type { UserSection } from '../parts/user-select.tsx';
import { useUser } from '../parts/use-user.ts';
import { useRights } from '../rights/use-rights.ts';
import { poolOfSuccessor, type LeaverAssets } from './leaver-assets.ts';
import { removalTexts as texts } from './removal-texts.ts';
import type { User } from './user.ts';

/** The maximum number of users per role that are considered. A person can find others by typing their names. */
const candidatesPerRole = 25;

/**
 * The users to offer first as successors: the signed-in person, the owner of the pool that is affected most, and then users who can
 * change everything that is handed over. `remark` returns a text about what a user cannot do, or undefined.
 */
export const useSuggestedSuccessors = (
  leaverIds: readonly string[],
  assets: LeaverAssets | undefined,
  remark: (candidate: User) => string | undefined,
): UserSection[] => {
  const { params } = useOrganization();
  const { me } = useRights();
  const { tree } = usePools();
  const pool = assets && poolOfSuccessor(assets, tree);
  const owner = useUser(pool?.defaultOwnerId);
  const options = { enabled: assets !== undefined };
  const ofRole = (role: 'organization_manager' | 'manager') => ({ params, query: { role, limit: candidatesPerRole } });
  const organizationManagers = useRead('listUsers', ofRole('organization_manager'), options);
  const managers = useRead('listUsers', ofRole('manager'), options);

  const canSucceed = ({ id, status, account }: User): boolean =>
    !leaverIds.includes(id) && status === 'active' && account === 'active';
  const onTop = [
    ...(me && canSucceed(me) ? [{ user: me, tag: texts.you }] : []),
    ...(pool && owner && owner.id !== me?.id && canSucceed(owner)
      ? [{ user: owner, tag: texts.ownerOf(pool.name) }]
      : []),
  ];
  const able = [...(organizationManagers.data?.items ?? []), ...(managers.data?.items ?? [])]
    .filter((user) => canSucceed(user) && remark(user) === undefined && !onTop.some((each) => each.user.id === user.id))
    .filter(({ id }, index, all) => all.findIndex((user) => user.id === id) === index);
  return [
    { label: texts.suggested, users: onTop },
    { label: texts.canManageAll, users: able.map((user) => ({ user })) },
  ];
};
