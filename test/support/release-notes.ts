/**
 * Prints the changelog of the version that a tag names: `npm run release-notes -- v1.1.0`. Fails unless the tag is that of
 * the current version and the changelog has a section for it.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { apiVersion } from '../../shared/api/versioning.ts';
import { sectionOf } from './changelog.ts';

const [, , tag] = process.argv;
const changelog = readFileSync(path.resolve(import.meta.dirname, '../../.github/CHANGELOG.md'), 'utf8');
const notes = sectionOf(changelog, apiVersion);
if (tag !== `v${apiVersion}`) throw new Error(`The tag ${tag} is not that of the current version: v${apiVersion}.`);
if (notes === undefined) throw new Error(`The changelog has no section for ${apiVersion}.`);
process.stdout.write(`${notes}\n`);
