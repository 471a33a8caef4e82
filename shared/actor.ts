import type { Organization } from './organizations/organization.ts';
import type { StoredAssignment } from './roles/role.ts';

/** The claims of an access token that operations use. */
export interface Token {
  id: string;
  /** ISO 8601, in whole seconds. */
  issuedAt: string;
  /** The verified address, as addresses are stored. Absent in tokens of machines and of earlier versions. */
  email?: string | undefined;
}

/** Somebody who signed in. */
export interface Person {
  /** The `sub` of the access token. */
  personId: string;
  requestId: string;
  token?: Token | undefined;
}

/** A person as a user of the organization of the request, or a machine as a service account of it, read from the table on this request. */
export interface Member extends Person {
  /** The user's id, or the service account's. */
  userId: string;
  name: string;
  assignments: StoredAssignment[];
  organization: Organization;
  /** A machine: it owns nothing. */
  serviceAccount?: boolean;
}

/** Nobody in particular: public routes, and work that is due. */
export interface Anonymous {
  requestId: string;
}
