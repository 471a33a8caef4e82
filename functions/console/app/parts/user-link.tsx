import { PageLink } from './page-link.tsx';
import { UserName } from './user-name.tsx';

/** A user by name, as a link to their page. A name that is not given is read. */
export const UserLink = ({ id, name }: { id: string; name?: string }) => (
  <PageLink to={`/users/${id}`}>{name ?? <UserName id={id} />}</PageLink>
);
