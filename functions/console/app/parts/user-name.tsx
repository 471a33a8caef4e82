import { useRead } from '../data/use-read.ts';
import { useOrganization } from '../organization/use-organization.ts';
import { partTexts as texts } from './texts.ts';

/** A user of whom only the id is known, by name. */
export const UserName = ({ id }: { id: string }) => {
  const { params } = useOrganization();
  const { data, error } = useRead('getUser', { params: { ...params, userId: id } });
  return data?.name ?? (error ? id : texts.reading);
};
