import Link from '@cloudscape-design/components/link';
import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import { useOrganization } from '../organization/use-organization.ts';

interface PageLinkProps {
  /** A page of the organization: `/users`. */
  to: string;
  children: ReactNode;
}

/** A link to another page of the console, which can also be opened in a new tab. */
export const PageLink = ({ to, children }: PageLinkProps) => {
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
