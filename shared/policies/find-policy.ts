import { keys } from '../table/keys.ts';
import type { Table } from '../table/table.ts';
import { parsePolicy, type Policy } from './policy.ts';

/** What a request of one policy names. */
export interface NamesPolicy {
  params: { organizationId: string; policyId: string };
}

/** The key of the policy that a request names. */
export const policyKeys = ({ params }: NamesPolicy) => [keys.policy(params.organizationId, params.policyId)];

export const findPolicy = async (table: Table, request: NamesPolicy): Promise<Policy | undefined> => {
  const [key] = policyKeys(request);
  const item = key && (await table.get(key));
  return item && parsePolicy(item);
};
