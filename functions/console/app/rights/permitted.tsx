import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';
import type { Action } from '../../../../shared/roles/matrix.ts';
import { Loading, NoPermission } from '../parts/states.tsx';
import { useRights } from './use-rights.ts';

interface PermittedProps {
  action: Action;
  /** The heading of the page. Absent if the frame around the page has one. */
  heading?: string | undefined;
  children: ReactNode;
}

/** Shows its content only to people who may do the action somewhere in the organization. Others see which role it requires. */
export const Permitted = ({ action, heading, children }: PermittedProps) => {
  const { ready, whyNotAnywhere } = useRights();
  if (!ready) return <Loading />;
  const refused = whyNotAnywhere(action);
  if (refused === undefined) return children;
  return (
    <SpaceBetween size="l">
      {heading !== undefined && <Header variant="h1">{heading}</Header>}
      <NoPermission why={refused} />
    </SpaceBetween>
  );
};
