import Tabs from '@cloudscape-design/components/tabs';
import type { ReactNode } from 'react';
import { useFilters } from '../parts/use-filters.ts';
import { AccessTable } from '../rights/access-table.tsx';
import { useRights } from '../rights/use-rights.ts';
import { PersonActivity } from './person-activity.tsx';
import { PersonAssets } from './person-assets.tsx';
import { PersonInvitations } from './person-invitations.tsx';
import { PersonOverview } from './person-overview.tsx';
import { personTexts as texts } from './person-texts.ts';
import { TakenOverFrom } from './taken-over-from.tsx';
import type { User } from './user.ts';

type TabName = keyof typeof texts.tabs;

/** The tabs of a user’s page. The address of the page names the open tab. Only the data of that tab is read. */
export const PersonTabs = ({ user }: { user: User }) => {
  const { may } = useRights();
  const [{ tab }, setAddress] = useFilters(['tab', 'events']);
  const contents: Partial<Record<TabName, ReactNode>> = {
    overview: <PersonOverview user={user} />,
    // A deleted user has no rights, whatever roles a restore would return.
    ...(user.status === 'active' && { access: <AccessTable name={user.name} roles={user.roles} /> }),
    assets: <PersonAssets user={user} />,
    ...(may('read_audit_log') && { activity: <PersonActivity user={user} /> }),
    invitations: <PersonInvitations user={user} />,
    ...(user.takenOverCount > 0 && { predecessors: <TakenOverFrom people={user.takenOverFrom} /> }),
  };
  const names = Object.keys(contents) as TabName[];
  return (
    <Tabs
      ariaLabel={texts.tabsOf(user.name)}
      keyboardActivationMode="manual"
      activeTabId={names.find((name) => name === tab) ?? 'overview'}
      tabs={names.map((name) => ({ id: name, label: texts.tabs[name], content: contents[name] }))}
      onChange={({ detail }) =>
        setAddress({ tab: detail.activeTabId === 'overview' ? undefined : detail.activeTabId, events: undefined })
      }
    />
  );
};
