import { Logger } from '@aws-lambda-powertools/logger';

/** Structured lines with ids of requests, organizations and users; never addresses, secrets, bodies or headers. */
export const logger = new Logger({ serviceName: 'roster' });
