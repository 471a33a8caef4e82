import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Tabs from '@cloudscape-design/components/tabs';
import { Suspense, type ReactNode } from 'react';
import { useLocation } from 'wouter';
import { useOrganization } from '../organization/use-organization.ts';
import { pages } from '../pages.ts';
import { Loading } from '../parts/states.tsx';
import { useRights } from '../rights/use-rights.ts';
import { settingsTexts as texts } from './texts.ts';

/** What stands around each page of the settings: they are tabs of one screen. */
const SettingsFrame = ({ children }: { children: ReactNode }) => {
  const { pathTo } = useOrganization();
  const [location, navigate] = useLocation();
  const { may } = useRights();
  // The tab of the page that is open is always there, because the page says why it shows nothing.
  const isListed = ({ path, right }: (typeof pages)[number]) =>
    right === undefined || may(right) || location === pathTo(path);
  const tabs = pages.filter((page) => page.section === 'settings' && isListed(page));
  const content = <Suspense fallback={<Loading />}>{children}</Suspense>;
  return (
    <SpaceBetween size="m">
      <Header variant="h1">{texts.settings}</Header>
      <Tabs
        ariaLabel={texts.settings}
        // Each tab is a page to load: arrow keys only lead to it.
        keyboardActivationMode="manual"
        activeTabId={tabs.find(({ path }) => location === pathTo(path))?.path ?? ''}
        tabs={tabs.map(({ path, title }) => ({ id: path, label: title, href: pathTo(path), content }))}
        onChange={({ detail }) => navigate(pathTo(detail.activeTabId))}
      />
    </SpaceBetween>
  );
};

export default SettingsFrame;
