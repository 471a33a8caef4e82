/** What the stage tells the console: the page carries it, so that the browser has to ask nobody. */
export interface ConsoleSettings {
  /** Who issues tokens. */
  issuer: string;
  clientId: string;
  /** Where people sign in, without a slash at the end. */
  signInUrl: string;
}

export const readSettings = (): ConsoleSettings =>
  JSON.parse(document.getElementById('settings')?.textContent ?? '{}') as ConsoleSettings;
