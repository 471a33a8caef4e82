import { findStage } from '../../infra/stages.ts';
import type { Emulator } from './ministack.ts';

/** The domain that mails come from has to be verified before SES takes any: by a stack, else by an operator. Whether one had to. */
export const verifySender = async ({ call }: Emulator): Promise<boolean> => {
  const domain = /@([^>\s]+)/.exec(findStage('dev').mailSender)?.[1] ?? '';
  const [listed] = await call(['sesv2', 'ListEmailIdentities']);
  const identities = (listed?.EmailIdentities ?? []) as { IdentityName: string }[];
  if (identities.some(({ IdentityName }) => IdentityName === domain)) return false;
  await call(['sesv2', 'CreateEmailIdentity', { EmailIdentity: domain }]);
  return true;
};
