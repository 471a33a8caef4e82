import path from 'node:path';
import { findStage } from '../../infra/stages.ts';
import { wrong } from './steps.ts';

export const root = path.resolve(import.meta.dirname, '../..');

/** The account and region that the emulator plays. */
export const account = { id: '000000000000', region: 'eu-west-1' };

/** The zone of the stage prod, which exists before the stage is deployed. */
export const hostedZone = findStage('prod').web?.hostedZone ?? wrong('The stage prod has no hosted zone.');
