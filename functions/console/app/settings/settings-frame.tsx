import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Tabs from '@cloudscape-design/components/tabs';
import { Suspense, type ReactNode } from 'react';
import { useLocation } from 'wouter';
import { useOrganization } from '../organization/use-organization.ts';
import { useOpenPages } from '../rights/use-open-pages.ts';
import { Loading } from '../parts/states.tsx';
import { settingsTexts as texts } from './texts.ts';

/** The frame around each page of the settings. The pages are the tabs of one screen. */
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
        // Arrow keys only move the focus, because opening a tab loads a page.
        keyboardActivationMode="manual"
        activeTabId={active ?? ''}
        tabs={tabs.map(({ path, title }) => ({ id: path, label: title, href: pathTo(path), content }))}
        onChange={({ detail }) => navigate(pathTo(detail.activeTabId))}
      />
      {/* A page that the person may not open has no tab. The page says why. */}
      {active === undefined && content}
    </SpaceBetween>
  );
};

export default SettingsFrame;
