import { PageLink } from './page-link.tsx';

/** The name of a user as a link to their page. */
export const UserLink = ({ id, name }: { id: string; name: string }) => <PageLink to={`/users/${id}`}>{name}</PageLink>;
