import { createHmac } from 'node:crypto';
import {
  AssociateSoftwareTokenCommand,
  CognitoIdentityProviderClient,
  SetUserMFAPreferenceCommand,
  VerifySoftwareTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { localAws } from '../../infra/local/table.ts';
import type { SignedIn, TestStack } from './stack.ts';

/** Adds an authenticator app to the account of a person, who then signs in again. */
export const withAuthenticator = async (
  stack: TestStack,
  { email, accessToken: AccessToken }: Pick<SignedIn, 'email' | 'accessToken'>,
): Promise<SignedIn> => {
  const client = new CognitoIdentityProviderClient({ endpoint: stack.endpoints.cognito.endpoint, ...localAws });
  const { SecretCode = '' } = await client.send(new AssociateSoftwareTokenCommand({ AccessToken }));
  await client.send(new VerifySoftwareTokenCommand({ AccessToken, UserCode: codeOf(SecretCode) }));
  const SoftwareTokenMfaSettings = { Enabled: true, PreferredMfa: true };
  await client.send(new SetUserMFAPreferenceCommand({ AccessToken, SoftwareTokenMfaSettings }));
  return stack.signIn(email);
};

/** The code that an app with this key shows now: RFC 6238, with its default values. The emulator has the real clock. */
export const codeOf = (secret: string): string => {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const hash = createHmac('sha1', base32(secret)).update(counter).digest();
  const offset = (hash.at(-1) ?? 0) & 0xf;
  return String((hash.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
};

const base32 = (text: string): Buffer => {
  const bits = Array.from(text.replace(/=+$/, ''))
    .map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'))
    .join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
};
