import Link from '@cloudscape-design/components/link';
import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import { useOrganization } from '../organization/use-organization.ts';

interface PageLinkProps {
  /** A page of this organization: `/users`. */
  to: string;
  children: ReactNode;
}

/** A link within a text to another page of the console, which is not loaded anew. */
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
