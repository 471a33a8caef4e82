import { useRead } from '../data/use-read.ts';
import { useOrganization } from '../organization/use-organization.ts';
import { PageLink } from './page-link.tsx';
import { partTexts as texts } from './texts.ts';

/** A user of whom only the id is known, by name, as a link to their page. */
export const UserLink = ({ id }: { id: string }) => {
  const { params } = useOrganization();
  const { data } = useRead('getUser', { params: { ...params, userId: id } });
  return <PageLink to={`/users/${id}`}>{data?.name ?? texts.reading}</PageLink>;
};
