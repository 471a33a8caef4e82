import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';
import type { Action } from '../../../../shared/roles/matrix.ts';
import { Loading, NoPermission } from '../parts/states.tsx';
import { useRights } from './use-rights.ts';

interface PermittedProps {
  action: Action;
  /** The heading of the page, unless what stands around it has one. */
  heading?: string | undefined;
  children: ReactNode;
}

/** What is shown only to those who may do the action anywhere in the organization. Others read who may. */
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
