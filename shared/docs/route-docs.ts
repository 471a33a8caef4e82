import type * as z from 'zod';
import type { Output, Route } from '../api/route.ts';

/**
 * The groups of the reference, in its order: one for each kind of resource. The text says what the group is about.
 */
export const tags = {
  Organizations: 'A tenant, its settings, and the organizations of the caller.',
  Users: 'The members of an organization: their roles, what they own, removal with a successor, and restoring.',
  Invites: 'Invitations to an organization: sending, following, correcting and revoking them.',
  'Invite links': 'What the recipient of an invitation does with the link in the email. No sign-in is required.',
  Me: 'The signed-in person, and the invitations to their verified email address.',
  Pools: 'The tree of pools to which roles, limits and resources belong.',
  Resources: 'What costs money: machines, buckets, clusters. Each has an owner and a pool.',
  Policies: 'Rules about anomalies, quotas, budgets and tags, on the organization or on a pool.',
  'Data sources': 'The cloud accounts and clusters from which resources come.',
  'Service accounts': 'Machines with roles in an organization.',
  Permissions: 'Which member may do what, and why.',
  'Audit log': 'Who did what to whom, and when.',
  Platform: 'The state of the API, and its description.',
} as const satisfies Record<string, string>;

export type Tag = keyof typeof tags;

/** An example body where the route takes one, and an example response where it returns JSON. */
type Example<R extends Route> = (undefined extends R['body']
  ? { body?: undefined }
  : { body: z.input<NonNullable<R['body']>> }) &
  (R extends { status: 204 } | { media: string } ? { response?: undefined } : { response: Output<R> });

/**
 * What the reference says about a route. It is not part of the row, because the rows are part of every function and of the
 * console, which need none of it. Its folder comes after all features in the import order, because examples have their types.
 */
export interface RouteDocs<E = { body?: unknown; response?: unknown }> {
  tag: Tag;
  /** The title of the route, as an instruction without a full stop: “Invite users”. */
  summary: string;
  /** What the route does, whom it affects and what is special about it, in whole sentences of Markdown. */
  description: string;
  example: E;
  /**
   * The operations to which the response leads, with their parameters as runtime expressions of OpenAPI:
   * `{ getInvite: { inviteId: '$response.body#/id' } }`. Links from a creation to the created object are added automatically.
   */
  links?: Record<string, Record<string, string>>;
}

/** The documentation of a group of routes, by the name of the route. A route without its documentation does not compile. */
export type DocsOf<T extends Record<string, Route>> = { [Name in keyof T]: RouteDocs<Example<T[Name]>> };
