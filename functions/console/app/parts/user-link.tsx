import { PageLink } from './page-link.tsx';
import { UserName } from './user-name.tsx';

/** A user as a link to their page. Without a name it is read. */
export const UserLink = ({ id, name }: { id: string; name?: string }) => (
  <PageLink to={`/users/${id}`}>{name ?? <UserName id={id} />}</PageLink>
);
