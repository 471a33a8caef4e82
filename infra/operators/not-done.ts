/** What an operator asked for was not done. The message is one or more whole sentences that say why. */
export class NotDone extends Error {}
