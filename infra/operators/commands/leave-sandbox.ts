import { GetAccountCommand, PutAccountDetailsCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import * as z from 'zod';
import { NotDone } from '../not-done.ts';
import { stageCommand } from '../stage-command.ts';

export const leaveSandbox = stageCommand({
  does: 'asks AWS to let the account leave the SES sandbox',
  usage: '--use-case <text>',
  input: { useCase: z.string().min(1) },
  run: async (aws, { useCase }) => {
    const ses = new SESv2Client(aws.client);
    const { ProductionAccessEnabled } = await ses.send(new GetAccountCommand({}));
    if (ProductionAccessEnabled) throw new NotDone(`The account ${aws.account} is not in the SES sandbox.`);
    const WebsiteURL = await aws.output('Api', 'Url');
    await ses.send(
      new PutAccountDetailsCommand({
        ProductionAccessEnabled: true,
        MailType: 'TRANSACTIONAL',
        ContactLanguage: 'EN',
        WebsiteURL,
        UseCaseDescription: useCase,
      }),
    );
    return `Asked AWS to let the account ${aws.account} leave the SES sandbox, for ${WebsiteURL}.`;
  },
});
