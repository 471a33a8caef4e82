import { PageLink } from './page-link.tsx';

/** The name of a user as a link to their page. A narrow column breaks a name that consists of one long word. */
export const UserLink = ({ id, name }: { id: string; name: string }) => (
  <span className="breakable">
    <PageLink to={`/users/${id}`}>{name}</PageLink>
  </span>
);
