import { useRights } from './use-rights.ts';

/** Whether the organization hides the addresses of others, and when they were last seen, from the signed-in person. */
export const useAddressesHidden = (): boolean => useRights().me?.addressesHidden ?? false;
