/** The version of the API and of the package. */
export const apiVersion = '1.0.0';

export const apiDescription =
  'The people of an organization, their roles, the invites that bring them in, and who takes over when they leave. Every path that supports GET also supports HEAD.';
