/** The header with the secret that proves that a request came through CloudFront. */
export const originHeader = 'x-origin-secret';
