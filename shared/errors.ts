import { assetKindNames, byKind, singularOf, type AssetKind } from './asset-kinds.ts';
import { assignmentsMax, organizationsPerPersonMax, policiesMax, poolDepthMax, poolsMax } from './limits.ts';

/**
 * Inserts a limit into a title. Declared free of side effects, so that the bundles of functions that show no titles contain none
 * of them.
 */
// @__NO_SIDE_EFFECTS__
const limited = (title: string, max: number): string => title.replace('{}', max.toLocaleString('en'));

/** Every failure that the API can return, by its stable code: its HTTP status and its title. */
export const errorCodes = /* @__PURE__ */ withAssetsNotFound({
  invalid_request: [400, 'The request is malformed'],
  invalid_json: [400, 'The body is not valid JSON'],
  invalid_utf8: [400, 'The body is not valid UTF-8'],
  invalid_cursor: [400, 'The cursor does not belong to this list'],
  unauthorized: [401, 'Sign in first'],
  forbidden: [403, 'Your roles do not allow this'],
  addresses_hidden: [403, 'The organization hides email addresses from you'],
  sign_in_too_old: [403, 'The organization requires a newer sign-in'],
  mfa_required: [403, 'The organization requires a second factor at sign-in'],
  email_unverified: [403, 'The email address of your account is not verified'],
  own_account_disabled: [403, 'Your account is disabled'],
  not_found: [404, 'There is nothing at this address'],
  organization_not_found: [404, 'No such organization'],
  user_not_found: [404, 'No such user'],
  service_account_not_found: [404, 'No such service account'],
  invite_not_found: [404, 'No such invitation'],
  method_not_allowed: [405, 'This address does not allow that method'],
  last_organization_manager: [409, 'An organization needs at least one organization manager'],
  no_manager_can_sign_in: [409, 'No other organization manager can sign in'],
  list_incomplete: [409, 'This list is not complete yet'],
  already_removed: [409, 'The user was already removed, with another successor'],
  successor_removed: [409, 'The successor has been removed'],
  already_member: [409, 'The person is already a user of this organization'],
  address_taken: [409, 'The address has been invited again or belongs to a user'],
  pool_name_taken: [409, 'The parent pool already has a sub-pool of this name'],
  pool_has_children: [409, 'The pool has sub-pools'],
  resource_exists: [409, 'This resource of the data source already exists'],
  data_source_exists: [409, 'This account is already connected'],
  service_account_exists: [409, 'The client is already a service account of this organization'],
  currency_in_use: [409, 'Amounts are stored in the currency of the organization'],
  organization_limit_reached: [409, limited('A person can create at most {} organizations', organizationsPerPersonMax)],
  block_link: [409, 'This link blocks the organization'],
  organization_blocked: [409, 'The organization is blocked'],
  invite_pending: [409, 'The invitation is pending'],
  invite_settled: [409, 'The invitation has ended'],
  invite_needs_roles: [409, 'The pools of all roles of the invitation were deleted'],
  account_disabled: [409, 'The account of this address is disabled'],
  account_unverified: [409, 'The account of this address is not verified'],
  account_in_progress: [409, 'An account for this address is being created'],
  invite_accepted: [410, 'The invitation was accepted'],
  invite_declined: [410, 'The invitation was declined'],
  invite_expired: [410, 'The invitation has expired'],
  invite_revoked: [410, 'The invitation was revoked'],
  invite_superseded: [410, 'A newer email replaced this link'],
  invite_blocked: [410, 'The recipient blocked the organization'],
  invite_void: [410, 'The pools of this invitation were deleted'],
  stale_version: [412, 'The object has changed since you read it'],
  body_too_large: [413, 'The body is too large'],
  unsupported_media_type: [415, 'Send application/json'],
  unsupported_charset: [415, 'Send the body in UTF-8'],
  successor_required: [422, 'A successor is required'],
  successor_is_leaver: [422, 'A user cannot be their own successor'],
  successor_unknown: [422, 'The successor is not a user of this organization'],
  successor_inactive: [422, 'The successor was removed'],
  successor_cannot_sign_in: [422, 'The account of the successor is disabled or was deleted'],
  successor_full: [422, 'The successor has taken over from too many users'],
  invites_need_manager: [422, 'Pending invitations need an organization manager'],
  unknown_pool: [422, 'No such pool'],
  unknown_user: [422, 'No such user'],
  unknown_resource: [422, 'No such resource'],
  unknown_data_source: [422, 'No such data source'],
  unknown_client: [422, 'No such app client for machines'],
  owner_inactive: [422, 'The owner is not an active user'],
  pool_path_too_long: [422, 'The path of the pool is too long'],
  pool_too_deep: [422, limited('Pools can be nested at most {} deep', poolDepthMax)],
  pool_under_itself: [422, 'A pool cannot be moved below itself'],
  root_pool: [422, 'The root pool cannot be moved or deleted'],
  parent_full: [422, 'The parent pool has absorbed too many pools'],
  monthly_limit_exceeded: [422, 'The limits of the sub-pools exceed the limit of the pool'],
  policy_limit_reached: [422, limited('An organization can have at most {} policies', policiesMax)],
  wrong_policy_type: [422, 'A policy of this type has no such setting'],
  role_limit_reached: [422, limited('A user can have at most {} roles', assignmentsMax)],
  pool_limit_reached: [422, limited('An organization can have at most {} pools', poolsMax)],
  password_required: [422, 'A new account needs a password'],
  password_refused: [422, 'The password does not meet the policy'],
  idempotency_key_reused: [422, 'The Idempotency-Key was used with another request'],
  domain_not_allowed: [422, 'The organization does not allow email addresses of this domain'],
  address_blocked: [422, 'The owner of this address has blocked the organization'],
  address_suppressed: [422, 'Emails to this address bounced or were reported as unwanted'],
  invalid_email: [422, 'Not an email address'],
  already_invited: [409, 'The address has already been invited'],
  quota_exceeded: [429, 'Today’s email limit is reached'],
  too_many_requests: [429, 'Too many requests'],
  too_soon: [429, 'Wait before you try again'],
  fault: [500, 'Something went wrong on our side'],
  conflict: [503, 'Too many changes at once'],
  unavailable: [503, 'A required service is not responding'],
});

type NotFound = `${AssetKind}_not_found`;

/** Adds a `…_not_found` code for each kind of asset. Its call is marked `@__PURE__`, so that bundles without titles can drop it. */
function withAssetsNotFound<const C extends Record<string, readonly [number, string]>>(codes: C) {
  const notFound = byKind<AssetKind, NotFound, readonly [404, string]>(assetKindNames, (kind) => [
    `${kind}_not_found`,
    [404, `No such ${singularOf(kind)}`],
  ]);
  return { ...codes, ...notFound };
}

export type ErrorCode = keyof typeof errorCodes;

/** Every reason why a part of a request is invalid, in addition to the codes of failures, by its stable code. */
export const fieldErrorCodes = {
  missing: 'A required value is missing.',
  unknown_field: 'There is no such field or parameter.',
  invalid_type: 'The value has another type than the one required.',
  invalid_value: 'The value is not one of those allowed.',
  invalid_format: 'The value does not have the required form.',
  not_multiple_of: 'The number is not a multiple of the required one.',
  invalid_union: 'The value has none of the forms that are allowed here.',
  invalid_key: 'A key of the object, or the Idempotency-Key, is not valid.',
  invalid_element: 'An element of the list is not valid.',
  too_small: 'The value is too small, too short or has too few elements.',
  too_big: 'The value is too large, too long or has too many elements.',
  duplicate_field: 'The body has two fields of this name.',
  forbidden_key: 'The name of the field is reserved.',
  ill_formed: 'The text contains half of a surrogate pair, which UTF-8 cannot express.',
  duplicate_role: 'Two of the role assignments are on the organization.',
  duplicate_pool: 'Two of the role assignments are on the same pool.',
  pool_or_resource: 'A check names a pool and a resource. It can name only one of them.',
  emails_or_invitees: 'The request names emails and invitees. It can name only one of them.',
  invalid_etag: 'The header does not contain one ETag in quotes.',
} as const satisfies Record<string, string>;

export type FieldErrorCode = keyof typeof fieldErrorCodes | ErrorCode;

/**
 * An invalid part of a request. `pointer` is a JSON Pointer into the body, `?name` for a query parameter, `{name}` for a path
 * parameter, or the name of a header.
 */
export interface FieldError {
  pointer: string;
  code: FieldErrorCode;
  detail: string;
}

export interface Failure {
  code: ErrorCode;
  detail?: string;
  errors?: FieldError[];
  /** Seconds until the same call may succeed. */
  retryAfter?: number;
  /** The limit that the call exceeded, for the `RateLimit` headers. */
  limit?: ExceededLimit;
}

export interface ExceededLimit {
  /** Whose or what limit it is: `person`, `calls`. */
  name: string;
  /** What may be used in `windowSeconds`, in calls or in capacity units. */
  quota: number;
  unit: 'requests' | 'capacity-units';
  windowSeconds: number;
  /** What is left of it. */
  remaining: number;
}

/** Thrown, not returned, when an external service does not answer: the request itself is valid. */
export class Unavailable extends Error {
  readonly failure: Failure;

  constructor(what: string, cause?: unknown) {
    super(`${what} is not responding`, { cause });
    this.failure = { code: 'unavailable', detail: `${what} is not responding. Try again.`, retryAfter: 5 };
  }
}
