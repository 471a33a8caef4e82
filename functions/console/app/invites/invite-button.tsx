import Button from '@cloudscape-design/components/button';
import { useLocation } from 'wouter';
import { useOrganization } from '../organization/use-organization.ts';
import { unless } from '../parts/unless.ts';
import { useRights } from '../rights/use-rights.ts';
import { inviteTexts as texts } from './texts.ts';

/** Opens the page that invites users. Disabled, with the reason, for people without the right to invite. */
export const InviteButton = () => {
  const { pathTo } = useOrganization();
  const [, navigate] = useLocation();
  const { whyNot } = useRights();
  return (
    <Button variant="primary" {...unless(whyNot('invite_users'))} onClick={() => navigate(pathTo('/invite'))}>
      {texts.inviteUsers}
    </Button>
  );
};
