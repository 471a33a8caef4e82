/** What differs between environments. */
export interface Stage {
  name: 'local' | 'dev';
  /** From whom mails come. */
  mailSender: string;
  /** Scripts may sign in with one call, by password. Only where no real person has an account. */
  passwordSignIn: boolean;
  /** Where the console is opened beside the API's own address: `https://console.example.com`. */
  consoleOrigins: string[];
  /** Services of the platform that call the API by themselves: each gets an app client of this name. */
  machines: string[];
  /** Subject of invite mails, with `{inviter}` and `{organization}` where their names go. */
  inviteSubject: string;
  /** Invite mails that an organization may ask for a day. */
  inviteQuota: number;
  /** Requests a minute from one source address to the public invite routes. */
  requestsPerSource: number;
  /** Whether what is stored outlives the stack. */
  keepsData: boolean;
  /** Deployed to the emulator of `npm run test:deploy`, by `-c emulated=true`: without the resources in `notEmulated`. */
  emulated: boolean;
}

const stages: Record<Stage['name'], Omit<Stage, 'emulated'>> = {
  local: {
    name: 'local',
    mailSender: 'Roster <roster@roster.example>',
    passwordSignIn: true,
    consoleOrigins: [],
    machines: ['pipeline'],
    inviteSubject: '{inviter} invites you to {organization}',
    inviteQuota: 1_000,
    requestsPerSource: 600,
    keepsData: false,
  },
  dev: {
    name: 'dev',
    mailSender: 'Roster <roster@example.com>',
    passwordSignIn: false,
    consoleOrigins: [],
    machines: ['pipeline'],
    inviteSubject: '{inviter} invites you to {organization}',
    inviteQuota: 1_000,
    requestsPerSource: 60,
    keepsData: false,
  },
};

/** The stage of that name. Throws with the names there are. */
export const findStage = (name: unknown, emulated = false): Stage => {
  const stage = Object.values(stages).find((each) => each.name === name);
  if (!stage) throw new Error(`There is no stage "${String(name)}". Stages: ${Object.keys(stages).join(', ')}.`);
  return { ...stage, emulated };
};
