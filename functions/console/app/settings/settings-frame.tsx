import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Tabs from '@cloudscape-design/components/tabs';
import { Suspense, type ReactNode } from 'react';
import { useLocation } from 'wouter';
import { useOrganization } from '../organization/use-organization.ts';
import { useOpenPages } from '../rights/use-open-pages.ts';
import { Loading } from '../parts/states.tsx';
import { settingsTexts as texts } from './texts.ts';

/** What stands around each page of the settings: they are tabs of one screen. */
const SettingsFrame = ({ children }: { children: ReactNode }) => {
  const { pathTo } = useOrganization();
  const [location, navigate] = useLocation();
  const tabs = useOpenPages('settings');
  const active = tabs.find(({ path }) => location === pathTo(path))?.path;
  const content = <Suspense fallback={<Loading />}>{children}</Suspense>;
  return (
    <SpaceBetween size="m">
      <Header variant="h1">{texts.settings}</Header>
      <Tabs
        ariaLabel={texts.settings}
        // Each tab is a page to load: arrow keys only lead to it.
        keyboardActivationMode="manual"
        activeTabId={active ?? ''}
        tabs={tabs.map(({ path, title }) => ({ id: path, label: title, href: pathTo(path), content }))}
        onChange={({ detail }) => navigate(pathTo(detail.activeTabId))}
      />
      {/* The person may not open this page: it has no tab, and says why. */}
      {active === undefined && content}
    </SpaceBetween>
  );
};

export default SettingsFrame;
