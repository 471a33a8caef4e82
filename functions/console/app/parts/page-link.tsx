import Link from '@cloudscape-design/components/link';
import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import { useOrganization } from '../organization/use-organization.ts';

/** A link to a page of this organization: `<PageLink to="/pools">`. */
export const PageLink = ({ to, children }: { to: string; children: ReactNode }) => {
  const { pathTo } = useOrganization();
  const [, navigate] = useLocation();
  return (
    <Link
      href={pathTo(to)}
      onFollow={(event) => {
        event.preventDefault();
        navigate(pathTo(to));
      }}
    >
      {children}
    </Link>
  );
};
