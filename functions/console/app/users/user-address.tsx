import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useRead } from '../data/use-read.ts';
import { useOrganization } from '../organization/use-organization.ts';
import { Address } from '../parts/address.tsx';
import { useRights } from '../rights/use-rights.ts';
import { usersTexts as texts } from './texts.ts';
import type { User } from './user.ts';

/**
 * The address of a user. Whoever may change the settings sees whether its domain is one that the organization no longer allows, because
 * the user joined before.
 */
export const UserAddress = ({ user: { email, status } }: { user: Pick<User, 'email' | 'status'> }) => {
  const { params } = useOrganization();
  const { may } = useRights();
  const { data } = useRead('getOrganization', { params }, { enabled: may('change_settings') });
  const domains = data?.allowedDomains ?? [];
  const isOutside =
    status === 'active' && domains.length > 0 && !domains.includes(email.slice(email.lastIndexOf('@') + 1));
  return (
    <>
      <Address email={email} />
      {isOutside && (
        <div>
          <StatusIndicator type="warning">{texts.domainNotAllowed}</StatusIndicator>
        </div>
      )}
    </>
  );
};
