/** In which header CloudFront proves that a request came through it. */
export const originHeader = 'x-origin-secret';
