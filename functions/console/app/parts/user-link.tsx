import { PageLink } from './page-link.tsx';

/** A user by name, as a link to their page. */
export const UserLink = ({ id, name }: { id: string; name: string }) => <PageLink to={`/users/${id}`}>{name}</PageLink>;
