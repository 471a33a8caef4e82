import { capitalized } from '../../../../shared/asset-kinds.ts';
import { isKnown, type OpenEnum } from '../../../../shared/open-enum.ts';
import { implied } from '../../../../shared/roles/authorize.ts';
import { actions, reachOf, type Action } from '../../../../shared/roles/matrix.ts';
import { roles, type Role } from '../../../../shared/roles/role.ts';
import { andList } from '../parts/format.ts';
import { poolsTexts as texts } from './texts.ts';

const phrases: Partial<Record<Action, string>> = texts.rightPhrases;

/** A text about what a role allows in the pools that it applies to. Empty for a role that only a newer version of Roster knows. */
export const rightsInPool = (role: OpenEnum<Role>): string => {
  if (!isKnown(roles, role)) return '';
  const granted = actions.flatMap((action) => {
    const reach = reachOf(action, role);
    const phrase = phrases[action];
    if (reach === undefined || phrase === undefined || reachOf(action, implied.role) !== undefined) return [];
    return [reach === 'own' ? texts.ifOwned(phrase) : reach === 'below' ? texts.ifBelow(phrase) : phrase];
  });
  return capitalized(granted.length === 0 ? texts.readOnly : andList(granted));
};
