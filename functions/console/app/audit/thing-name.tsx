import { shownAddress } from '../../../../shared/shown-address.ts';
import { UserLink } from '../parts/user-link.tsx';
import type { AuditEvent } from './audit-event.ts';

interface ThingNameProps {
  id: string;
  names: AuditEvent['names'];
}

/** Shows the name of the thing with this id, or the id itself if the name is gone. An invite is named by its address. Users are links to their page. */
export const ThingName = ({ id, names }: ThingNameProps) => {
  const name = shownAddress(names[id] ?? id);
  return id.startsWith('usr_') ? <UserLink id={id} name={name} /> : name;
};
