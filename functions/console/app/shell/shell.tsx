import AppLayout from '@cloudscape-design/components/app-layout';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { Suspense, useState, type ReactNode } from 'react';
import { useLocation } from 'wouter';
import { Loading } from '../parts/states.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { FlashMessages } from './flash.tsx';
import { OfflineNotice } from './offline.tsx';
import { shellTexts as texts } from './texts.ts';
import { TopBar } from './top-bar.tsx';

interface ShellProps {
  organizationId?: string;
  /** Absent: a page without a sidebar. */
  navigation?: ReactNode;
  children: ReactNode;
}

/** The frame of every page: the top bar, the sidebar and the notices. */
export const Shell = ({ organizationId, navigation, children }: ShellProps) => {
  const [location] = useLocation();
  const [navigationOpen, setNavigationOpen] = useState(() => matchMedia('(min-width: 689px)').matches);
  return (
    <>
      <TopBar {...(organizationId !== undefined && { organizationId })} />
      <AppLayout
        headerSelector="#top-bar"
        navigation={navigation}
        navigationHide={navigation === undefined}
        navigationOpen={navigationOpen}
        onNavigationChange={({ detail }) => setNavigationOpen(detail.open)}
        ariaLabels={{ navigation: texts.navigation }}
        toolsHide
        stickyNotifications
        notifications={
          <div data-notices aria-live="polite">
            <SpaceBetween size="xs">
              <OfflineNotice />
              <FlashMessages />
            </SpaceBetween>
          </div>
        }
        content={
          <ErrorBoundary page={location}>
            <Suspense fallback={<Loading />}>{children}</Suspense>
          </ErrorBoundary>
        }
      />
    </>
  );
};
