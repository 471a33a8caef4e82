import { entryOf } from '../../../../shared/open-enum.ts';
import { usersTexts as texts } from './texts.ts';
import type { User } from './user.ts';

/** The user's status or, if the user is active but their account is disabled or missing, the state of the account. */
export const statusText = ({ status, account }: Pick<User, 'status' | 'account'>): string =>
  status === 'active' && account !== 'active'
    ? (entryOf(texts.accountOf, account) ?? account)
    : (entryOf(texts.statusOf, status) ?? status);
