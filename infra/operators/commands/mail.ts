import {
  DeleteSuppressedDestinationCommand,
  GetConfigurationSetCommand,
  NotFoundException,
  PutConfigurationSetSendingOptionsCommand,
  SESv2Client,
} from '@aws-sdk/client-sesv2';
import * as z from 'zod';
import type { AwsStage } from '../aws-stage.ts';
import { configurationSetOf } from '../configuration-set.ts';
import { NotDone } from '../not-done.ts';
import { stageCommand } from '../stage-command.ts';

export const stopMail = stageCommand({
  does: 'stops all mails of Roster; they wait, and none is lost',
  run: async (aws) =>
    `The configuration set ${await setSending(aws, false)} sends no mails until “mail start”. Mails wait.`,
});

export const startMail = stageCommand({
  does: 'undoes mail stop',
  run: async (aws) =>
    `The configuration set ${await setSending(aws, true)} sends mails. Those that wait go out within the hour.`,
});

/** Sets it, reads it back, and returns the name of the configuration set. */
const setSending = async (aws: AwsStage, SendingEnabled: boolean): Promise<string> => {
  const ses = new SESv2Client(aws.client);
  const ConfigurationSetName = await configurationSetOf(aws);
  await ses.send(new PutConfigurationSetSendingOptionsCommand({ ConfigurationSetName, SendingEnabled }));
  const { SendingOptions } = await ses.send(new GetConfigurationSetCommand({ ConfigurationSetName }));
  if (SendingOptions?.SendingEnabled !== SendingEnabled)
    throw new NotDone(`SES still says that sending is ${SendingEnabled ? 'off' : 'on'}. Repeat the command.`);
  return ConfigurationSetName;
};

export const unsuppressMail = stageCommand({
  does: 'removes an address from the suppression list of the SES account',
  usage: '--email <address>',
  input: { email: z.email() },
  run: async (aws, { email }) => {
    try {
      await new SESv2Client(aws.client).send(new DeleteSuppressedDestinationCommand({ EmailAddress: email }));
    } catch (error) {
      if (error instanceof NotFoundException)
        throw new NotDone(`${email} is not on the suppression list of the SES account.`);
      throw error;
    }
    return `${email} is no longer on the suppression list of the SES account.`;
  },
});
