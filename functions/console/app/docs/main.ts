// oxlint-disable-next-line import/no-unassigned-import -- a style sheet exports nothing
import './docs.css';
import { addCodeSamples } from './code-samples.ts';
import { guides } from './guides.ts';
import type { OpenApi } from './open-api.ts';
import { showReference } from './reference.ts';
import { readSettings } from '../page-settings.ts';
import { showSignIn } from './sign-in.ts';

const { signInUrl } = readSettings();
const response = await fetch('/openapi.json');
const document = (await response.json()) as OpenApi;
showReference(
  addCodeSamples({
    ...document,
    info: { ...document.info, description: guides({ origin: location.origin, signInUrl }) },
  }),
);
await showSignIn();
