import { exampleIds, examplePolicy } from './examples.ts';
import type { DocsOf } from './route-docs.ts';
import { policiesMax } from '../limits.ts';
import type { policyRoutes } from '../policies/policy-routes.ts';

export const policyDocs: DocsOf<typeof policyRoutes> = {
  listPolicies: {
    tag: 'Policies',
    summary: 'List policies',
    description: 'Lists the policies of the organization, oldest first. They can be filtered by type.',
    example: { response: { items: [examplePolicy] } },
  },
  createPolicy: {
    tag: 'Policies',
    summary: 'Create a policy',
    description: `Creates a policy on the organization or on a pool. Its \`type\` decides which settings it has. An organization has at most ${policiesMax} policies.`,
    example: {
      body: { type: 'budget', name: examplePolicy.name, poolId: exampleIds.poolId, amount: 10_000 },
      response: examplePolicy,
    },
  },
  getPolicy: {
    tag: 'Policies',
    summary: 'Get a policy',
    description:
      'Returns a policy. Removed users in it appear as their successors, and deleted pools as the pools that absorbed them.',
    example: { response: examplePolicy },
  },
  updatePolicy: {
    tag: 'Policies',
    summary: 'Change a policy',
    description:
      'Changes the given fields of a policy and leaves the others as they are. `null` removes an optional field. The type cannot be changed, and settings of other types are refused.',
    example: {
      body: { name: 'Budget of the web team' },
      response: { ...examplePolicy, name: 'Budget of the web team', version: 2 },
    },
  },
  deletePolicy: {
    tag: 'Policies',
    summary: 'Delete a policy',
    description: 'Deletes a policy. What it applied to stays as it is.',
    example: {},
  },
};
