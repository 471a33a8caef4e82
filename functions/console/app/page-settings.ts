/** The settings of the stage. The page contains them, so that the console needs no request for them. */
export interface ConsoleSettings {
  /** The issuer of the tokens. */
  issuer: string;
  clientId: string;
  /** The address at which people sign in, without a slash at the end. */
  signInUrl: string;
}

export const readSettings = (): ConsoleSettings =>
  JSON.parse(document.getElementById('settings')?.textContent ?? '{}') as ConsoleSettings;
