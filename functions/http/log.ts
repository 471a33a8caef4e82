import { Logger } from '@aws-lambda-powertools/logger';

/**
 * Structured lines with ids of requests, organizations and users, and the client's IP address; never email addresses, secrets,
 * paths, bodies or headers.
 */
export const logger = new Logger({ serviceName: 'roster' });
