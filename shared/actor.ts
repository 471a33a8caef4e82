import type { Organization } from './organizations/organization.ts';
import type { StoredAssignment } from './roles/role.ts';

/** The claims of an access token that operations use. */
export interface Token {
  id: string;
  /** The time of issue in ISO 8601, in whole seconds. */
  issuedAt: string;
  /** The time of the sign-in from which the token derives, in ISO 8601, in whole seconds. Absent: unknown. */
  signedInAt?: string | undefined;
  /** Whether the account has a second factor, which the user directory then requires at each sign-in. */
  secondFactor?: boolean | undefined;
  /** The verified address, as addresses are stored. Absent in tokens of machines and of earlier versions. */
  email?: string | undefined;
}

/** A signed-in person or machine. */
export interface Person {
  /** The `sub` of the access token. */
  personId: string;
  requestId: string;
  token?: Token | undefined;
}

/** The signed-in person as a user of the request's organization, or the machine as its service account, read for this request. */
export interface Member extends Person {
  /** The id of the user or of the service account. */
  userId: string;
  name: string;
  /** The address in the organization. Absent for a service account, and in memberships of earlier versions. */
  email?: string | undefined;
  assignments: StoredAssignment[];
  organization: Organization;
  /** True for a service account, which cannot own assets. */
  serviceAccount?: boolean;
}

/** The actor of public routes and of due work. */
export interface Anonymous {
  requestId: string;
}
