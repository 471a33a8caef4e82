import { useUser } from './use-user.ts';

/** A user by name, for answers that name people by their ids. */
export const UserName = ({ id }: { id: string }) => useUser(id)?.name ?? id;
