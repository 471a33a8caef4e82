import { useQuery } from '@tanstack/react-query';
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Grid from '@cloudscape-design/components/grid';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { couldEver } from '../../../../shared/roles/authorize.ts';
import { poolOf, type RoleAssignment } from '../../../../shared/roles/role.ts';
import { useRead } from '../data/use-read.ts';
import { readAll } from '../data/use-pages.ts';
import { rightNames } from '../me/texts.ts';
import { useOrganization } from '../organization/use-organization.ts';
import { usePools } from '../organization/use-pools.ts';
import { toAssignments, type RoleDraft } from '../parts/role-draft.ts';
import { RoleChips } from '../parts/role-chips.tsx';
import { placeOf } from '../rights/places.ts';
import { useRights } from '../rights/use-rights.ts';
import { effectsTexts as texts } from './effects-texts.ts';
import { countOf } from './removal-texts.ts';
import { areSameRoles, roleChangeEffects, type ChangedRights } from './role-change-effects.ts';
import { isShortened, type User } from './user.ts';

/** The maximum number of pools for which other managers are looked up. Further pools are not mentioned. */
const poolsCheckedMax = 5;

interface RoleEffectsProps {
  user: User;
  /** The roles that the user would have. Incomplete roles are ignored. */
  drafts: RoleDraft[];
}

/** Shows what a change of roles means, before it is saved. Shows nothing while the roles are the same. */
export const RoleEffects = ({ user, drafts }: RoleEffectsProps) => {
  const { params } = useOrganization();
  const { tree } = usePools();
  const { me } = useRights();
  const before = toAssignments(user.roles);
  const after = toAssignments(drafts).filter((each) => !('poolId' in each) || each.poolId !== undefined);
  const isChanged = !areSameRoles(before, after);
  const call = { params: { ...params, userId: user.id } };
  const { data: assets } = useRead('getUserAssets', call, { enabled: isChanged });
  const { lost, gained, unchangeable, noLongerManages } = roleChangeEffects(before, after, tree, assets);
  const unmanaged = usePoolsWithoutOtherManager(user.id, noLongerManages.slice(0, poolsCheckedMax));
  if (!isChanged) return null;
  const demotesSelf = user.id === me?.id && couldEver(before, 'change_roles') && !couldEver(after, 'change_roles');
  return (
    <SpaceBetween size="s">
      {demotesSelf && (
        <Alert type="warning" header={texts.selfTitle}>
          {texts.selfText}
        </Alert>
      )}
      <Box variant="h3">{texts.title}</Box>
      <Grid gridDefinition={[1, 2].map(() => ({ colspan: { default: 12, xs: 6 } }))}>
        <Roles label={texts.before} roles={before} />
        <Roles label={texts.after} roles={after} />
      </Grid>
      <Rights label={texts.loses} changed={lost} />
      <Rights label={texts.gains} changed={gained} />
      {(unchangeable.length > 0 || unmanaged.length > 0) && (
        <Alert type="warning">
          {unchangeable.length > 0 && (
            <div>{texts.unchangeable(unchangeable.map(({ kind, count }) => countOf(kind, count)))}</div>
          )}
          {unmanaged.length > 0 && (
            <div>{texts.onlyManager(unmanaged.map((poolId) => tree.get(poolId)?.name ?? poolId))}</div>
          )}
        </Alert>
      )}
    </SpaceBetween>
  );
};

const Roles = ({ label, roles }: { label: string; roles: RoleAssignment[] }) => {
  const { tree } = usePools();
  return (
    <div>
      <Box variant="awsui-key-label">{label}</Box>
      {roles.length === 0 ? (
        texts.noRoles
      ) : (
        <RoleChips
          roles={roles.map((assignment) => {
            const poolId = poolOf(assignment);
            return { role: assignment.role, poolId, poolName: tree.get(poolId ?? '')?.name };
          })}
        />
      )}
    </div>
  );
};

const Rights = ({ label, changed }: { label: string; changed: ChangedRights[] }) => {
  const { tree } = usePools();
  if (changed.length === 0) return null;
  return (
    <div>
      <Box variant="awsui-key-label">{label}</Box>
      {changed.map(({ place, actions }) => (
        <div key={placeOf(place, tree)}>
          {texts.inPlace(
            placeOf(place, tree),
            actions.map((action) => rightNames[action]),
          )}
        </div>
      ))}
    </div>
  );
};

/** Returns the pools that have no manager other than this user. */
const usePoolsWithoutOtherManager = (userId: string, poolIds: string[]): string[] => {
  const { params } = useOrganization();
  const { data = [] } = useQuery({
    queryKey: ['listUsers', 'managers', params, userId, poolIds],
    enabled: poolIds.length > 0,
    queryFn: async () => {
      const managers = await Promise.all(
        poolIds.map((poolId) => readAll('listUsers', { params, query: { poolId, role: 'manager' } })),
      );
      return poolIds.filter((poolId, index) =>
        (managers[index] ?? []).every(
          (other) => other.id === userId || !(isShortened(other) || manages(other, poolId)),
        ),
      );
    },
  });
  return data;
};

const manages = ({ roles }: User, poolId: string): boolean =>
  roles.some((each) => each.role === 'manager' && each.poolId === poolId);
